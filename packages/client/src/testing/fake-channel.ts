import type { ErrorBody, NotificationName, Reply } from '@video-meet/protocol'
import { Emitter } from '../core/emitter.ts'
import type { ChannelEvents, OutgoingRequest, SignalingChannel } from '../signaling/signaling-channel.ts'

/** A request as it arrives at the other end. */
export interface ArrivedRequest extends OutgoingRequest {
  readonly reply: (reply: Reply) => void
}

/** The server's end of a `FakeChannel`. */
export type FakeServerEvents = {
  connected: []
  request: [request: ArrivedRequest]
  disconnected: []
}

/**
 * A channel inside the process: messages are copied and arrive in order, in a later microtask. What it connects to is
 * `server`, which a test drives or wires to a real dispatch.
 */
export class FakeChannel extends Emitter<ChannelEvents> implements SignalingChannel {
  readonly server = new Emitter<FakeServerEvents>()
  /** Every request that was sent, those repeated under the same id too. */
  readonly sent: OutgoingRequest[] = []
  /** Whether attempts to connect find the server. */
  reachable = true
  /** Whether messages get through while the connection is open. */
  silent = false
  /** Answers the next attempts to connect instead of letting them in. */
  refusal: ErrorBody | null = null
  #connection: object | null = null
  #connecting = false

  get isOpen(): boolean {
    return this.#connection !== null
  }

  connect(_timeoutMs: number): void {
    if (this.#connection !== null || this.#connecting) return
    this.#connecting = true
    queueMicrotask(() => this.#answerAttempt())
  }

  send({ name, input, id }: OutgoingRequest, onReply: (reply: unknown) => void): void {
    const connection = this.#connection
    if (connection === null) return
    this.sent.push({ name, input: structuredClone(input), id })
    this.#deliver(connection, () => {
      const reply = (answer: Reply) => {
        const copy = structuredClone(answer)
        this.#deliver(connection, () => onReply(copy))
      }
      this.server.emit('request', { name, input: structuredClone(input), id, reply })
    })
  }

  /** Lets the client receive a notification. */
  notify(name: NotificationName | (string & {}), payload: unknown): void {
    const connection = this.#connection
    const copy: unknown = structuredClone(payload)
    if (connection !== null) this.#deliver(connection, () => this.emit('notification', name, copy))
  }

  disconnect(): void {
    if (this.#connecting) {
      this.#connecting = false
      this.emit('failed', 'given up')
    }
    this.drop()
  }

  /** Cuts the connection, as a lost network or a server that goes down does. */
  drop(): void {
    if (this.#connection === null) return
    this.#connection = null
    this.server.emit('disconnected')
    this.emit('dropped', 'test')
  }

  close(): void {
    this.removeAllListeners()
    this.#connecting = false
    this.drop()
  }

  #answerAttempt(): void {
    if (!this.#connecting) return
    this.#connecting = false
    if (!this.reachable) {
      this.emit('failed', 'unreachable')
    } else if (this.refusal !== null) {
      this.emit('refused', this.refusal)
    } else {
      this.#connection = {}
      this.server.emit('connected')
      this.emit('opened')
    }
  }

  #deliver(connection: object, act: () => void): void {
    queueMicrotask(() => {
      if (this.#connection === connection && !this.silent) act()
    })
  }
}
