import type {
  NotificationName,
  NotificationPayload,
  ParticipantId,
  ParticipantInfo,
  TrackSource,
  TrackState,
} from '@video-meet/protocol'
import { SerialQueue } from '../platform/serial-queue.ts'
import type { PeerMedia } from '../sfu/peer-media.ts'
import type { Connection } from '../signaling/connection.ts'
import { ReplyMemory } from '../signaling/reply-memory.ts'

interface PeerOptions {
  readonly id: ParticipantId
  readonly name: string
}

/** A person's seat in a room: it outlives the connection and the media session, which come and go. */
export class Peer {
  readonly id: ParticipantId
  readonly name: string
  readonly joinedAt = new Date()
  readonly tracks = new Map<TrackSource, TrackState>()
  /** Joins and media operations of one person happen one after the other. */
  readonly queue = new SerialQueue()
  media: PeerMedia | null = null
  /** The person's page is closing or reloading: the seat is held for a shorter time. */
  mayReturn = false
  /** Counts the joins of this seat; only the newest resume token is good. */
  #serial = 0
  /** Whether the client has shown, by using it, that the reply to its last join has arrived. */
  #confirmed = false
  #connection: Connection | null = null
  readonly #replies = new ReplyMemory()
  #seatTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor({ id, name }: PeerOptions) {
    this.id = id
    this.name = name
  }

  get connection(): Connection | null {
    return this.#connection
  }

  get confirmed(): boolean {
    return this.#confirmed
  }

  get closed(): boolean {
    return this.#closed
  }

  info(): ParticipantInfo {
    return {
      id: this.id,
      name: this.name,
      joinedAt: this.joinedAt.toISOString(),
      connection: this.#connection ? 'connected' : 'reconnecting',
      tracks: [...this.tracks.values()],
    }
  }

  /** A token is good once; the one before it too, as long as nothing shows that its successor has arrived. */
  accepts(serial: number): boolean {
    return serial === this.#serial || (!this.#confirmed && serial === this.#serial - 1)
  }

  /** Gives the seat to a new connection. */
  attach(connection: Connection, serial: number): void {
    clearTimeout(this.#seatTimer)
    this.#connection = connection
    this.#serial = serial
    this.#confirmed = false
    this.mayReturn = false
    connection.replies = this.#replies
  }

  confirm(): void {
    this.#confirmed = true
  }

  /** The connection is gone: `expired` is called unless someone takes the seat within `ms`. */
  detach(ms: number, expired: () => void): void {
    this.#connection = null
    this.#seatTimer = setTimeout(expired, ms)
    this.#seatTimer.unref()
  }

  notify<N extends NotificationName>(name: N, payload: NotificationPayload<N>): void {
    this.#connection?.notify(name, payload)
  }

  notifyVolatile<N extends NotificationName>(name: N, payload: NotificationPayload<N>): void {
    this.#connection?.notifyVolatile(name, payload)
  }

  /** Frees the media session and the timer; the connection lives on, without a seat. */
  close(): void {
    if (this.#closed) return
    this.#closed = true
    clearTimeout(this.#seatTimer)
    this.#connection = null
    this.media?.close()
    this.media = null
  }
}
