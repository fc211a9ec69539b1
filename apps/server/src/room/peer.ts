import type {
  NotificationName,
  NotificationPayload,
  ParticipantId,
  ParticipantInfo,
  TrackSource,
  TrackState,
} from '@video-meet/protocol'
import { AppError } from '../platform/errors.ts'
import { SerialQueue } from '../platform/serial-queue.ts'
import type { PeerMedia } from '../sfu/peer-media.ts'
import type { Connection } from '../signaling/connection.ts'
import { ReplyMemory } from '../signaling/reply-memory.ts'
import type { Person } from './admission.ts'
import { may, type Reserved, type RoomPolicy } from './permissions.ts'

const REFUSALS: Readonly<Record<Reserved, string>> = {
  talk: 'In this meeting only its host and presenters may be heard and seen.',
  share: 'In this meeting only its host and presenters may share their screen.',
  chat: 'In this meeting you may not write to the chat.',
}

interface PeerOptions {
  readonly person: Person
  readonly policy: RoomPolicy
  readonly id: ParticipantId
  readonly name: string
}

/** A person's seat in a room: it outlives the connection and the media session, which come and go. */
export class Peer {
  readonly id: ParticipantId
  readonly name: string
  readonly person: Person
  readonly joinedAt = new Date()
  readonly tracks = new Map<TrackSource, TrackState>()
  /** Joins and media operations of one person happen one after the other. */
  readonly queue = new SerialQueue()
  media: PeerMedia | null = null
  /** Since when the connection is lost; null while there is one. */
  lostAt: Date | null = null
  /** The person's page is closing or reloading: the seat is held for a shorter time. */
  mayReturn = false
  readonly #policy: RoomPolicy
  /** Counts the joins of this seat; only the newest resume token is good. */
  #serial = 0
  /** Whether the client has shown, by using it, that the reply to its last join has arrived. */
  #confirmed = false
  /** The same of any of its joins. */
  #established = false
  #connection: Connection | null = null
  readonly #replies = new ReplyMemory()
  #letGo: (() => void) | undefined
  #seatTimer: NodeJS.Timeout | undefined
  #closed = false

  constructor({ id, name, person, policy }: PeerOptions) {
    this.person = person
    this.#policy = policy
    this.id = id
    this.name = name
  }

  get connection(): Connection | null {
    return this.#connection
  }

  /** Whether the person is known to have a token for this seat, be it the newest or the one before it. */
  get established(): boolean {
    return this.#established
  }

  get closed(): boolean {
    return this.#closed
  }

  /** @throws {AppError} `forbidden` when the meeting reserves it for others */
  assertMay(what: Reserved): void {
    if (may(this.person.role, this.#policy, what)) return
    throw new AppError('forbidden', REFUSALS[what])
  }

  info(): ParticipantInfo {
    return {
      id: this.id,
      name: this.name,
      role: this.person.role,
      avatar: this.person.avatar,
      joinedAt: this.joinedAt.toISOString(),
      connection: this.#connection ? 'connected' : 'reconnecting',
      tracks: [...this.tracks.values()],
    }
  }

  /** A token is good once; the one before it too, as long as nothing shows that its successor has arrived. */
  accepts(serial: number): boolean {
    return serial === this.#serial || (!this.#confirmed && serial === this.#serial - 1)
  }

  /** Gives the seat to a new connection; `lost` is called if that ends while it has the seat. */
  attach(connection: Connection, { serial, lost }: { serial: number; lost: () => void }): void {
    clearTimeout(this.#seatTimer)
    this.#release()
    this.#connection = connection
    this.#letGo = connection.on('closed', lost)
    this.#serial = serial
    this.#confirmed = false
    this.mayReturn = false
    this.lostAt = null
    connection.replies = this.#replies
  }

  confirm(): void {
    this.#confirmed = true
    this.#established = true
  }

  /** The connection is gone: `expired` is called unless someone takes the seat within `ms`. */
  detach(ms: number, expired: () => void): void {
    this.#release()
    this.lostAt = new Date()
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
    this.#release()
    this.media?.close()
    this.media = null
  }

  #release(): void {
    this.#letGo?.()
    this.#letGo = undefined
    this.#connection = null
  }
}
