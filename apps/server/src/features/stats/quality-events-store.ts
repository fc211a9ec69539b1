import { MeetingId, QualityEvent, UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'
import { QualityEventRecord } from '../../db/entities/quality-event-record.ts'

/** Whom an event is about. */
export interface EventPerson {
  /** Who it is, across stays. */
  readonly personKey: string
  readonly userId: UserId | null
  readonly name: string
}

/** Something that bore on how people were connected. */
export interface StoredEvent {
  readonly id: string
  readonly meetingId: MeetingId
  /** Null: everyone. */
  readonly person: EventPerson | null
  readonly event: QualityEvent
}

export interface QualityEventsStore {
  /** A meeting that is gone keeps nothing. */
  add(meetingId: MeetingId, events: readonly Omit<StoredEvent, 'meetingId'>[]): Promise<void>
  /** Those from one time until before another, the oldest first. */
  listOf(meetingId: MeetingId, when: { from: Date; until: Date | null }): Promise<StoredEvent[]>
  listOfUser(userId: UserId): Promise<StoredEvent[]>
}

export function createQualityEventsStore(database: Pick<Database, 'fork'>): QualityEventsStore {
  const list = async (where: object) => {
    const records = await database
      .fork()
      .find(QualityEventRecord, where, { orderBy: [{ at: 'asc' }, { id: 'asc' }] })
    return records.map(toEvent)
  }
  return {
    async add(meetingId, events) {
      const em = database.fork()
      if ((await em.count(MeetingRecord, { id: meetingId })) === 0) return
      await em.insertMany(
        QualityEventRecord,
        events.map((event) => ({ ...toRow(event), meeting: meetingId })),
      )
    },
    listOf: (meeting, { from, until }) => list({ meeting, at: { $gte: from, ...(until && { $lt: until }) } }),
    listOfUser: (userId) => list({ userId }),
  }
}

function toRow({ id, person, event: { kind, at, ...rest } }: Omit<StoredEvent, 'meetingId'>) {
  const { name: _, ...details } = { name: null, ...rest }
  return {
    id,
    at: new Date(at),
    kind,
    personKey: person?.personKey ?? null,
    userId: person?.userId ?? null,
    name: person?.name ?? null,
    details,
  }
}

function toEvent({
  id,
  meeting,
  at,
  kind,
  personKey,
  userId,
  name,
  details,
}: QualityEventRecord): StoredEvent {
  const person =
    personKey === null || personKey === undefined
      ? null
      : { personKey, userId: userId ? UserId.parse(userId) : null, name: name ?? '' }
  return {
    id,
    meetingId: MeetingId.parse(meeting.id),
    person,
    event: QualityEvent.parse({
      ...details,
      kind,
      at: at.toISOString(),
      ...(person && { name: person.name }),
    }),
  }
}
