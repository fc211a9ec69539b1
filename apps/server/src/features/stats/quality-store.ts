import { MeetingId, UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'
import { QualityRecord } from '../../db/entities/quality-record.ts'
import { type QualityPoint, readPoint } from './quality-points.ts'

/** How somebody was connected during one stay. */
export interface StoredQuality {
  readonly id: string
  readonly meetingId: MeetingId
  /** Who it is, across stays. */
  readonly personKey: string
  readonly userId: UserId | null
  readonly name: string
  readonly startedAt: Date
  readonly points: readonly QualityPoint[]
}

export interface QualityStore {
  /** Writes a stay, or what it has become. A meeting that is gone keeps nothing. */
  save(quality: StoredQuality): Promise<void>
  /** In order of their beginning. */
  listOf(meetingId: MeetingId): Promise<StoredQuality[]>
  listOfUser(userId: UserId): Promise<StoredQuality[]>
}

export function createQualityStore(database: Pick<Database, 'fork'>): QualityStore {
  const list = async (where: object) => {
    const records = await database
      .fork()
      .find(QualityRecord, where, { orderBy: [{ startedAt: 'asc' }, { id: 'asc' }] })
    return records.map(toQuality)
  }
  return {
    async save({ id, meetingId, points, name, ...quality }) {
      const em = database.fork()
      const kept = { name, points: [...points] }
      if ((await em.nativeUpdate(QualityRecord, { id }, kept)) > 0) return
      // Of a meeting that was deleted meanwhile nothing is kept.
      if ((await em.count(MeetingRecord, { id: meetingId })) === 0) return
      await em.insert(QualityRecord, { id, ...quality, ...kept, meeting: meetingId })
    },
    listOf: (meetingId) => list({ meeting: meetingId }),
    listOfUser: (userId) => list({ userId }),
  }
}

function toQuality(record: QualityRecord): StoredQuality {
  return {
    id: record.id,
    meetingId: MeetingId.parse(record.meeting.id),
    personKey: record.personKey,
    userId: record.userId ? UserId.parse(record.userId) : null,
    name: record.name,
    startedAt: record.startedAt,
    points: record.points.map(readPoint),
  }
}
