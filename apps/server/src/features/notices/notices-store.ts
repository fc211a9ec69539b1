import { MeetingId, type NoticeKind, type UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { NoticeRecord } from '../../db/entities/notice-record.ts'
import type { Position } from '../../platform/cursor.ts'

export interface StoredNotice {
  readonly id: string
  readonly userId: UserId
  readonly kind: NoticeKind
  readonly meetingId: MeetingId | null
  readonly meetingTitle: string
  readonly actor: string | null
  readonly detail: string | null
  readonly createdAt: Date
  readonly readAt: Date | null
}

export interface NoticesStore {
  add(notices: readonly StoredNotice[]): Promise<void>
  /** Latest first. */
  list(page: NoticesPage): Promise<Omit<StoredNotice, 'userId'>[]>
  countUnread(userId: UserId): Promise<number>
  readAll(userId: UserId, at: Date): Promise<void>
  removeBefore(time: Date): Promise<void>
}

export interface NoticesPage {
  readonly userId: UserId
  readonly after: Position | null
  readonly limit: number
}

export function createNoticesStore(database: Pick<Database, 'fork'>): NoticesStore {
  return {
    async add(notices) {
      const rows = notices.map(({ userId, meetingId, ...notice }) => ({
        ...notice,
        user: userId,
        meeting: meetingId,
      }))
      if (rows.length > 0) await database.fork().insertMany(NoticeRecord, rows)
    },
    async list({ userId, after, limit }) {
      const older = after && {
        createdAt: { $lte: after.at },
        $or: [{ createdAt: { $lt: after.at } }, { id: { $lt: after.id } }],
      }
      const records = await database
        .fork()
        .find(
          NoticeRecord,
          { user: userId, ...older },
          { orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], limit },
        )
      return records.map((record) => ({
        id: record.id,
        kind: record.kind as NoticeKind,
        meetingId: record.meeting ? MeetingId.parse(record.meeting.id) : null,
        meetingTitle: record.meetingTitle,
        actor: record.actor ?? null,
        detail: record.detail ?? null,
        createdAt: record.createdAt,
        readAt: record.readAt ?? null,
      }))
    },
    countUnread: (userId) => database.fork().count(NoticeRecord, { user: userId, readAt: null }),
    async readAll(userId, readAt) {
      await database.fork().nativeUpdate(NoticeRecord, { user: userId, readAt: null }, { readAt })
    },
    async removeBefore(time) {
      await database.fork().nativeDelete(NoticeRecord, { createdAt: { $lt: time } })
    },
  }
}
