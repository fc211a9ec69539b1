import {
  MAX_MESSAGE_BYTES,
  type NotificationName,
  type NotificationPayload,
  type RequestInput,
  type RequestName,
  type RequestOutput,
  isNotificationName,
  notifications,
} from '@video-meet/protocol'
import { createId } from '../core/browser.ts'
import { Emitter } from '../core/emitter.ts'
import type { Logger } from '../core/logger.ts'
import { UndoList } from '../core/undo-list.ts'
import { SignalingError } from '../errors.ts'
import { type PendingRequest, parseReply } from './pending-request.ts'
import type { SignalingChannel } from './signaling-channel.ts'

/** Asks the server for something. */
export type SendRequest = <N extends RequestName>(
  name: N,
  input: RequestInput<N>,
  options?: RequestOptions,
) => Promise<RequestOutput<N>>

export interface RequestOptions {
  /** Time for the reply from the call on, over all sendings. */
  readonly deadlineMs?: number
  /** Takes the connection for dead, and drops it, when there is no reply after this time. */
  readonly suspectAfterMs?: number
  /** Rejects with `disconnected` instead of being sent again over another connection. */
  readonly oneConnection?: boolean
  /** For the requests that take and give back the seat: does not wait for the gate; implies `oneConnection`. */
  readonly beforeSeat?: boolean
}

/** Subscribes to notifications of one name. */
export type OnNotification = <N extends NotificationName>(
  name: N,
  listener: (payload: NotificationPayload<N>) => void,
) => () => void

export interface SignalingClientOptions {
  readonly channel: SignalingChannel
  readonly log: Logger
  readonly createId?: () => string
}

type NotificationEvents = { [N in NotificationName]: [payload: NotificationPayload<N>] }

const RETRY_AFTER_MS = 5000
const DEADLINE_MS = 15_000
const MAX_HELD_NOTIFICATIONS = 1000
/** Longer than the round trip of all but the worst of networks; who is mistaken is back in a moment. */
const DOUBTED_FOR_MS = 1000
/** Must not wait for a seat: it may be the reason why there is none. */
const NEVER_HELD: ReadonlySet<NotificationName> = new Set<NotificationName>(['room.ended'])

/**
 * The client's one door to the socket: typed requests out, checked replies and notifications in.
 *
 * Behind a gate that is shut while there is no seat in a room: requests wait before it (those whose reply was lost with
 * a connection are sent again, under the same id, so the server acts once), and notifications wait until the snapshot
 * that they build on has been applied.
 */
export class SignalingClient {
  readonly #channel: SignalingChannel
  readonly #log: Logger
  readonly #createId: () => string
  readonly #events = new Emitter<NotificationEvents>()
  readonly #pending = new Set<PendingRequest>()
  readonly #undo = new UndoList()
  #held: { name: NotificationName; payload: unknown }[] = []
  #gateOpen = false
  #doubted = false
  #closed = false

  constructor(options: SignalingClientOptions) {
    this.#channel = options.channel
    this.#log = options.log
    this.#createId = options.createId ?? createId
    this.#undo.add(this.#channel.on('dropped', () => this.#shutGate()))
    this.#undo.add(this.#channel.on('notification', (name, payload) => this.#receive(name, payload)))
  }

  /** Sends a request and resolves to its reply; rejects with a `SignalingError`. */
  readonly request: SendRequest = (name, input, options = {}) => {
    const message = { name, input, id: this.#createId() }
    const oneConnection = options.oneConnection === true || options.beforeSeat === true
    const sendNow = options.beforeSeat === true ? this.#channel.isOpen : this.#gateOpen
    if (this.#closed) return Promise.reject(SignalingError.closed())
    if (oneConnection && !sendNow) return Promise.reject(SignalingError.disconnected(name))
    const size = new TextEncoder().encode(JSON.stringify(['request', name, input, message.id])).length
    if (size > MAX_MESSAGE_BYTES) return Promise.reject(SignalingError.tooLarge(name))
    return new Promise((resolve, reject) => {
      const undo = new UndoList()
      const settle = (outcome: () => void) => {
        if (!this.#pending.delete(pending)) return
        clearTimeout(pending.retryTimer)
        undo.run()
        outcome()
      }
      const pending: PendingRequest = {
        message,
        retryTimer: undefined,
        accept: (reply) =>
          settle(() => {
            try {
              resolve(parseReply(name, reply))
            } catch (error) {
              reject(error)
            }
          }),
        fail: (error) => settle(() => reject(error)),
      }
      const after = (ms: number, act: () => void) => {
        const timer = setTimeout(act, ms)
        undo.add(() => clearTimeout(timer))
      }
      after(options.deadlineMs ?? DEADLINE_MS, () => pending.fail(SignalingError.timeout(name)))
      if (options.suspectAfterMs !== undefined) {
        after(options.suspectAfterMs, () => this.#channel.disconnect())
      }
      if (oneConnection) {
        undo.add(this.#channel.on('dropped', () => pending.fail(SignalingError.disconnected(name))))
      }
      this.#pending.add(pending)
      if (sendNow) this.#send(pending)
    })
  }

  /** Subscribes to notifications of one name; the returned function undoes it. */
  readonly onNotification: OnNotification = (name, listener) => this.#events.on(name, listener)

  /** The seat is taken and its snapshot applied: delivers what came meanwhile and sends what waits. */
  openGate(): void {
    if (!this.#channel.isOpen || this.#closed) return
    this.#gateOpen = true
    const held = this.#held
    this.#held = []
    for (const { name, payload } of held) this.#deliver(name, payload)
    for (const pending of this.#pending) this.#send(pending)
  }

  /** The network may be another one, or gone, which the connection itself notices late: drops it unless it answers now. */
  doubt(): void {
    if (this.#doubted) return
    this.#doubted = true
    this.request('room.check', {}, { oneConnection: true, suspectAfterMs: DOUBTED_FOR_MS })
      .catch((error: unknown) => this.#log.debug('the connection was not confirmed', { error }))
      .finally(() => {
        this.#doubted = false
      })
  }

  /** Rejects everything that waits and unsubscribes; the channel stays with its owner. */
  close(): void {
    this.#closed = true
    this.#shutGate()
    this.#undo.run()
    this.#events.removeAllListeners()
    for (const pending of this.#pending) pending.fail(SignalingError.closed())
  }

  #shutGate(): void {
    this.#gateOpen = false
    this.#held = []
    for (const pending of this.#pending) clearTimeout(pending.retryTimer)
  }

  #send(pending: PendingRequest): void {
    clearTimeout(pending.retryTimer)
    pending.retryTimer = setTimeout(() => this.#send(pending), RETRY_AFTER_MS)
    this.#channel.send(pending.message, pending.accept)
  }

  #receive(name: unknown, payload: unknown): void {
    if (typeof name !== 'string' || !isNotificationName(name)) {
      this.#log.warn('unknown notification dropped', { name })
      return
    }
    const parsed = notifications[name].safeParse(payload)
    if (!parsed.success) {
      this.#log.warn('malformed notification dropped', { name, problem: parsed.error.message })
    } else if (this.#gateOpen || NEVER_HELD.has(name)) {
      this.#deliver(name, parsed.data)
    } else if (this.#held.length < MAX_HELD_NOTIFICATIONS) {
      this.#held.push({ name, payload: parsed.data })
    }
  }

  #deliver<N extends NotificationName>(name: N, payload: unknown): void {
    // `payload` went through the schema of `name` in #receive.
    this.#events.emit(name, ...([payload] as NotificationEvents[N]))
  }
}
