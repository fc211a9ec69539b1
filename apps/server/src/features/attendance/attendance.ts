import { randomUUID } from 'node:crypto'
import type { Attendee, MeetingId, ParticipantId, UserId } from '@video-meet/protocol'
import type { Logger } from '../../platform/logger.ts'
import { SerialQueue } from '../../platform/serial-queue.ts'
import { attendeesOf } from './attendees.ts'
import type { StaysStore, StoredStay } from './stays-store.ts'

/** Whoever was not seen for so long is not there any more: the server that saw them is gone. */
const UNSEEN_MS = 90_000

/** Somebody comes into a call. */
export interface Arrival {
  readonly meetingId: MeetingId
  readonly participantId: ParticipantId
  readonly personKey: string
  readonly userId: UserId | null
  readonly name: string
  readonly role: string
}

type Seat = Pick<Arrival, 'meetingId' | 'participantId'>

export interface AttendanceOptions {
  readonly store: StaysStore
  readonly log: Logger
  readonly now?: () => Date
}

/** Keeps a record of who was in which call, from when to when. */
export class Attendance {
  readonly #options: AttendanceOptions
  readonly #now: () => Date
  /** Ids of the stays of those who are in calls on this node. Those of others, or from before a crash, are not ours to keep open. */
  readonly #open = new Map<string, string>()
  /** What happens is written in the order in which it happened. */
  readonly #writes = new SerialQueue()

  constructor(options: AttendanceOptions) {
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  joined(arrival: Arrival): void {
    const now = this.#now()
    const stay: StoredStay = { ...arrival, id: randomUUID(), joinedAt: now, seenAt: now, leftAt: null }
    this.#open.set(seatOf(arrival), stay.id)
    void this.#write(() => this.#options.store.add(stay))
  }

  /** @param at when they were lost, if their seat was held for them since */
  left(seat: Seat, at: Date = this.#now()): void {
    const id = this.#open.get(seatOf(seat))
    if (id === undefined) return
    this.#open.delete(seatOf(seat))
    void this.#write(() => this.#options.store.end(id, at))
  }

  async list(meetingId: MeetingId): Promise<Attendee[]> {
    await this.#writes.add(() => Promise.resolve())
    return attendeesOf(await this.#options.store.listOf(meetingId), this.#now())
  }

  /** What is kept of a user. */
  async exportOf(
    userId: UserId,
  ): Promise<Pick<StoredStay, 'meetingId' | 'name' | 'role' | 'joinedAt' | 'leftAt'>[]> {
    const stays = await this.#options.store.listOfUser(userId)
    return stays.map(({ meetingId, name, role, joinedAt, leftAt }) => ({
      meetingId,
      name,
      role,
      joinedAt,
      leftAt,
    }))
  }

  /**
   * Notes who is there, and ends what a server that died left open where it was last seen; to be called at the start and
   * every 30 s.
   */
  async look(): Promise<void> {
    const { store } = this.#options
    await this.#writes.add(async () => {
      const now = this.#now()
      await store.seen([...this.#open.values()], now)
      await store.endUnseen(new Date(now.getTime() - UNSEEN_MS))
    })
  }

  /** Waits for what is being written. */
  async close(): Promise<void> {
    await this.#writes.add(() => Promise.resolve())
  }

  #write(work: () => Promise<void>): Promise<void> {
    return this.#writes.add(work).catch((error: unknown) => {
      this.#options.log.error({ err: error }, 'attendance could not be written')
    })
  }
}

function seatOf({ meetingId, participantId }: Seat): string {
  return `${meetingId} ${participantId}`
}
