import type {
  CheckNotifications,
  CheckRequests,
  Contract,
  NotificationName,
  Notifications,
  RequestLimit,
  Requests,
  WaitingNotifications,
  WaitingRequests,
} from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { Emitter } from '../platform/emitter.ts'
import { TokenBucket } from '../platform/token-bucket.ts'
import { ReplyMemory } from './reply-memory.ts'

/** What people in a meeting say and hear. */
export interface MeetingMessages {
  readonly requests: Requests
  readonly notifications: Notifications
}

/** What people in the waiting room say and hear. */
export interface WaitingMessages {
  readonly requests: WaitingRequests
  readonly notifications: WaitingNotifications
}

/** What those say and hear who test their connection. */
export interface CheckMessages {
  readonly requests: CheckRequests
  readonly notifications: CheckNotifications
}

type Name<M extends Contract> = keyof M['notifications'] & string
type Payload<M extends Contract, N extends Name<M>> = z.output<M['notifications'][N]>

/** What carries a connection: a socket, or an in-memory pair in tests. */
export interface ConnectionChannel {
  /** Network that the client is in, as limits count it. */
  readonly address: string
  /** Sends in order; drops instead of queueing when `volatile` and the receiver is slow. */
  send(name: NotificationName | (string & {}), payload: unknown, options: { volatile: boolean }): void
  close(): void
}

type ConnectionEvents = { closed: [] }

/** For each request a client may send, and more for all of them together. */
const ALL_REQUESTS = { burst: 60, perMinute: 1200 }
/** Who is refused this often within ten seconds is not a client of ours. */
const REFUSALS = { burst: 30, perMinute: 180 }

/** One client's line to the server, from its handshake to its end. */
export class Connection<M extends Contract = MeetingMessages> extends Emitter<ConnectionEvents> {
  readonly id: string
  readonly #channel: ConnectionChannel
  readonly #all = new TokenBucket(ALL_REQUESTS)
  readonly #refusals = new TokenBucket(REFUSALS)
  readonly #byName = new Map<string, TokenBucket>()
  /** Moves with the person to their next connection, see `Peer`. */
  replies = new ReplyMemory()
  #held: (() => void)[] = []
  #holds = 0
  #closed = false

  constructor(id: string, channel: ConnectionChannel) {
    super()
    this.id = id
    this.#channel = channel
  }

  get address(): string {
    return this.#channel.address
  }

  get closed(): boolean {
    return this.#closed
  }

  notify<N extends Name<M>>(name: N, payload: Payload<M, N>): void {
    this.#send(name, payload, false)
  }

  /** Like `notify`, but dropped when the client does not keep up: for what the next message replaces anyway. */
  notifyVolatile<N extends Name<M>>(name: N, payload: Payload<M, N>): void {
    this.#send(name, payload, true)
  }

  /** Keeps notifications back until as many `release`, so that a reply that they build on is there before them. */
  hold(): void {
    this.#holds += 1
  }

  release(): void {
    this.#holds -= 1
    if (this.#holds > 0) return
    for (const send of this.#held.splice(0)) send()
  }

  /** Seconds to wait before this request may be sent; 0 when it may now. Closes a connection that floods. */
  secondsUntilAllowed(name: string, limit: RequestLimit): number {
    const bucket = this.#bucketOf(name, limit)
    if (this.#all.take() && bucket.take()) return 0
    if (!this.#refusals.take()) this.close()
    return Math.max(this.#all.secondsUntil(1), bucket.secondsUntil(1), 1)
  }

  close(): void {
    if (this.#closed) return
    this.#channel.close()
    this.ended()
  }

  /** The channel is gone, from whichever end. */
  ended(): void {
    if (this.#closed) return
    this.#closed = true
    this.#held = []
    this.emit('closed')
    this.removeListeners()
  }

  #send(name: string, payload: unknown, volatile: boolean): void {
    if (this.#closed) return
    const send = () => this.#channel.send(name, payload, { volatile })
    if (this.#holds > 0) this.#held.push(send)
    else send()
  }

  #bucketOf(name: string, limit: RequestLimit): TokenBucket {
    const known = this.#byName.get(name)
    if (known) return known
    const bucket = new TokenBucket(limit)
    this.#byName.set(name, bucket)
    return bucket
  }
}
