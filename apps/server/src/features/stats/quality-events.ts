import { randomUUID } from 'node:crypto'
import type { MeetingId, QualityEvent, UserId } from '@video-meet/protocol'
import type { Logger } from '../../platform/logger.ts'
import { SerialQueue } from '../../platform/serial-queue.ts'
import type { EventPerson, QualityEventsStore, StoredEvent } from './quality-events-store.ts'

/** So many are kept of one call, and of one person in it: nobody can fill the database by coming and going. */
export const MAX_EVENTS = 400
export const MAX_EVENTS_OF_ONE = 60

export interface QualityEventsOptions {
  readonly store: QualityEventsStore
  readonly log: Logger
}

/** What is counted of a call that is on. */
interface Counts {
  all: number
  readonly ofOne: Map<string, number>
}

/** Keeps what bore on how people were connected: collected while it happens, written now and then and after a call. */
export class QualityEvents {
  readonly #options: QualityEventsOptions
  readonly #counts = new Map<MeetingId, Counts>()
  #unwritten: StoredEvent[] = []
  readonly #writes = new SerialQueue()

  constructor(options: QualityEventsOptions) {
    this.#options = options
  }

  /** @param person whom it is about; null: everyone */
  add(meetingId: MeetingId, event: QualityEvent, person: EventPerson | null): void {
    const counts = this.#counts.get(meetingId) ?? { all: 0, ofOne: new Map() }
    this.#counts.set(meetingId, counts)
    if (counts.all >= MAX_EVENTS) return
    const ofThem = person ? (counts.ofOne.get(person.personKey) ?? 0) + 1 : 0
    if (ofThem > MAX_EVENTS_OF_ONE) return
    if (person) counts.ofOne.set(person.personKey, ofThem)
    counts.all += 1
    this.#unwritten.push({ id: randomUUID(), meetingId, person, event })
    if (counts.all === MAX_EVENTS)
      this.#unwritten.push({
        id: randomUUID(),
        meetingId,
        person: null,
        event: { kind: 'full', at: event.at },
      })
  }

  callEnded(meetingId: MeetingId): void {
    this.#counts.delete(meetingId)
    void this.flush()
  }

  /** Writes what is new; to be called now and then. Never rejects. */
  async flush(): Promise<void> {
    const { store, log } = this.#options
    const byMeeting = Map.groupBy(this.#unwritten, ({ meetingId }) => meetingId)
    this.#unwritten = []
    for (const [meetingId, events] of byMeeting)
      this.#writes
        .add(() => store.add(meetingId, events))
        .catch((error: unknown) => log.error({ err: error }, 'events of a call could not be written'))
    await this.#writes.add(() => Promise.resolve())
  }

  /** Those from one time until before another, the oldest first. */
  async listOf(meetingId: MeetingId, when: { from: Date; until: Date | null }): Promise<StoredEvent[]> {
    await this.flush()
    return this.#options.store.listOf(meetingId, when)
  }

  /** What is kept of a user. */
  async exportOf(userId: UserId): Promise<({ meetingId: MeetingId } & QualityEvent)[]> {
    await this.flush()
    const events = await this.#options.store.listOfUser(userId)
    return events.map(({ meetingId, event }) => ({ meetingId, ...event }))
  }

  /** Writes what is new, and waits for it. */
  close(): Promise<void> {
    return this.flush()
  }
}
