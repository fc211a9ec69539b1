import { ErrorBody, type Handshake, MEETING_NAMESPACE, PROTOCOL_VERSION } from '@video-meet/protocol'
import { type Socket, io } from 'socket.io-client'
import { Emitter } from '../core/emitter.ts'
import type { ChannelEvents, OutgoingRequest, SignalingChannel } from './signaling-channel.ts'

/** The connection over Socket.IO, by WebSocket alone. */
export class SocketIoChannel extends Emitter<ChannelEvents> implements SignalingChannel {
  readonly #socket: Socket
  /** Runs while an attempt does; Socket.IO's own limit does not cover the namespace's handshake. */
  #attemptTimer: ReturnType<typeof setTimeout> | undefined

  constructor(serverUrl: string, namespace: string = MEETING_NAMESPACE) {
    super()
    const handshake: Handshake = { protocolVersion: PROTOCOL_VERSION }
    this.#socket = io(new URL(namespace, serverUrl).href, {
      transports: ['websocket'],
      auth: handshake,
      autoConnect: false,
      reconnection: false,
      forceNew: true,
      closeOnBeforeunload: false,
    })
    this.#socket.on('connect', () => {
      this.#endAttempt()
      this.emit('opened')
    })
    this.#socket.on('connect_error', (error) => this.#refused(error))
    this.#socket.on('disconnect', (reason) => {
      // Socket.IO says "disconnect" as well when the connection dies before the namespace was entered.
      this.emit(this.#endAttempt() ? 'failed' : 'dropped', reason)
    })
    this.#socket.on('notification', (name: unknown, payload: unknown) =>
      this.emit('notification', name, payload),
    )
  }

  get isOpen(): boolean {
    return this.#socket.connected
  }

  connect(timeoutMs: number): void {
    if (this.#socket.connected || this.#attemptTimer !== undefined) return
    this.#attemptTimer = setTimeout(() => this.disconnect(), timeoutMs)
    this.#socket.connect()
  }

  send(request: OutgoingRequest, onReply: (reply: unknown) => void): void {
    if (this.#socket.connected) this.#socket.emit('request', request.name, request.input, request.id, onReply)
  }

  disconnect(): void {
    const wasConnecting = this.#endAttempt()
    this.#socket.disconnect()
    if (wasConnecting) this.emit('failed', 'given up')
  }

  close(): void {
    this.removeAllListeners()
    this.#endAttempt()
    this.#socket.disconnect()
    this.#socket.removeAllListeners()
  }

  /** @returns whether an attempt was under way */
  #endAttempt(): boolean {
    const wasConnecting = this.#attemptTimer !== undefined
    clearTimeout(this.#attemptTimer)
    this.#attemptTimer = undefined
    return wasConnecting
  }

  #refused(error: Error & { data?: unknown }): void {
    this.#endAttempt()
    const refusal = ErrorBody.safeParse(error.data)
    if (refusal.success) this.emit('refused', refusal.data)
    else this.emit('failed', error.message)
  }
}
