import { MeetingId, UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'
import { QualityRecord } from '../../db/entities/quality-record.ts'
import { type QualityPoint, readPoints } from './quality-points.ts'

/** How somebody was connected during one stay. */
export interface StoredQuality {
  readonly id: string
  readonly meetingId: MeetingId
  /** Who it is, across stays. */
  readonly personKey: string
  readonly userId: UserId | null
  readonly name: string
  readonly startedAt: Date
  /** When it was measured last. */
  readonly endedAt: Date
  readonly points: readonly QualityPoint[]
}

/** When a stay was measured. */
export type QualitySpan = Pick<StoredQuality, 'id' | 'startedAt' | 'endedAt'>

export interface QualityStore {
  /** Writes a stay, or what it has become. A meeting that is gone keeps nothing. */
  save(quality: StoredQuality): Promise<void>
  /** The latest that began before a time, latest first. */
  spansOf(meetingId: MeetingId, which: { before: Date | null; limit: number }): Promise<QualitySpan[]>
  /** Those that began from one time to another, in order of their beginning. */
  listOf(meetingId: MeetingId, when: { from: Date; to: Date }): Promise<StoredQuality[]>
  listOfUser(userId: UserId): Promise<StoredQuality[]>
}

export function createQualityStore(database: Pick<Database, 'fork'>): QualityStore {
  const list = async (where: object) => {
    const records = await database
      .fork()
      .find(QualityRecord, where, { orderBy: [{ startedAt: 'asc' }, { name: 'asc' }, { id: 'asc' }] })
    return records.map(toQuality)
  }
  return {
    async save({ id, meetingId, points, name, endedAt, ...quality }) {
      const em = database.fork()
      const kept = { name, endedAt, points: [...points] }
      if ((await em.nativeUpdate(QualityRecord, { id }, kept)) > 0) return
      // Of a meeting that was deleted meanwhile nothing is kept.
      if ((await em.count(MeetingRecord, { id: meetingId })) === 0) return
      await em.insert(QualityRecord, { id, ...quality, ...kept, meeting: meetingId })
    },
    async spansOf(meeting, { before, limit }) {
      const records = await database
        .fork()
        .find(
          QualityRecord,
          { meeting, ...(before && { startedAt: { $lt: before } }) },
          { fields: ['startedAt', 'endedAt'], orderBy: [{ startedAt: 'desc' }, { id: 'desc' }], limit },
        )
      return records.map(toSpan)
    },
    listOf: (meeting, { from, to }) => list({ meeting, startedAt: { $gte: from, $lte: to } }),
    listOfUser: (userId) => list({ userId }),
  }
}

function toSpan({
  id,
  startedAt,
  endedAt,
}: Pick<QualityRecord, 'id' | 'startedAt' | 'endedAt'>): QualitySpan {
  return { id, startedAt, endedAt: endedAt ?? startedAt }
}

function toQuality(record: QualityRecord): StoredQuality {
  return {
    ...toSpan(record),
    meetingId: MeetingId.parse(record.meeting.id),
    personKey: record.personKey,
    userId: record.userId ? UserId.parse(record.userId) : null,
    name: record.name,
    points: readPoints(record.points),
  }
}
