import { MeetingId, ParticipantId, UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { StayRecord } from '../../db/entities/stay-record.ts'

/** Somebody was in a call from then to then. */
export interface StoredStay {
  readonly id: string
  readonly meetingId: MeetingId
  readonly participantId: ParticipantId
  /** Who it is, across seats. */
  readonly personKey: string
  readonly userId: UserId | null
  readonly name: string
  readonly role: string
  readonly joinedAt: Date
  /** Last time the server saw the person there. */
  readonly seenAt: Date
  readonly leftAt: Date | null
}

export interface StaysStore {
  add(stay: StoredStay): Promise<void>
  end(id: string, at: Date): Promise<void>
  /** These go on, even if they were taken for unseen and ended meanwhile. */
  seen(ids: readonly string[], at: Date): Promise<void>
  /** Ends open stays where they were last seen, if that was before `time`. */
  endUnseen(time: Date): Promise<void>
  /** In order of joining. */
  listOf(meetingId: MeetingId): Promise<StoredStay[]>
  listOfUser(userId: UserId): Promise<StoredStay[]>
}

export function createStaysStore(database: Pick<Database, 'fork'>): StaysStore {
  const list = async (where: object) => {
    const records = await database
      .fork()
      .find(StayRecord, where, { orderBy: [{ joinedAt: 'asc' }, { id: 'asc' }] })
    return records.map(toStay)
  }
  return {
    async add({ meetingId, ...stay }) {
      await database.fork().insert(StayRecord, { ...stay, meeting: meetingId })
    },
    async end(id, at) {
      await database.fork().nativeUpdate(StayRecord, { id }, { leftAt: at, seenAt: at })
    },
    async seen(ids, seenAt) {
      if (ids.length === 0) return
      await database.fork().nativeUpdate(StayRecord, { id: { $in: [...ids] } }, { seenAt, leftAt: null })
    },
    async endUnseen(time) {
      const em = database.fork()
      for (const { id, seenAt } of await em.find(StayRecord, { leftAt: null, seenAt: { $lt: time } }))
        await em.nativeUpdate(StayRecord, { id, seenAt, leftAt: null }, { leftAt: seenAt })
    },
    listOf: (meetingId) => list({ meeting: meetingId }),
    listOfUser: (userId) => list({ userId }),
  }
}

function toStay(record: StayRecord): StoredStay {
  return {
    id: record.id,
    meetingId: MeetingId.parse(record.meeting.id),
    participantId: ParticipantId.parse(record.participantId),
    personKey: record.personKey,
    userId: record.userId ? UserId.parse(record.userId) : null,
    name: record.name,
    role: record.role,
    joinedAt: record.joinedAt,
    seenAt: record.seenAt,
    leftAt: record.leftAt ?? null,
  }
}
