import { ForeignKeyConstraintViolationException } from '@mikro-orm/core'
import { MeetingId, type NoticeKind, type UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'
import { NoticeRecord } from '../../db/entities/notice-record.ts'
import { UserRecord } from '../../db/entities/user-record.ts'
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
  /** Leaves out those for accounts that are gone, and meetings that are gone. */
  add(notices: readonly StoredNotice[]): Promise<void>
  /** Latest first. */
  list(page: NoticesPage): Promise<Omit<StoredNotice, 'userId'>[]>
  listAll(userId: UserId): Promise<Omit<StoredNotice, 'userId'>[]>
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
      try {
        await insert(database, notices)
      } catch (error) {
        if (!(error instanceof ForeignKeyConstraintViolationException)) throw error
        await insert(database, await stillThere(database, notices))
      }
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
      return records.map(toNotice)
    },
    async listAll(userId) {
      const orderBy = { createdAt: 'desc' } as const
      return (await database.fork().find(NoticeRecord, { user: userId }, { orderBy })).map(toNotice)
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

async function insert(database: Pick<Database, 'fork'>, notices: readonly StoredNotice[]): Promise<void> {
  const rows = notices.map(({ userId, meetingId, ...notice }) => ({
    ...notice,
    user: userId,
    meeting: meetingId,
  }))
  if (rows.length > 0) await database.fork().insertMany(NoticeRecord, rows)
}

async function stillThere(
  database: Pick<Database, 'fork'>,
  notices: readonly StoredNotice[],
): Promise<StoredNotice[]> {
  const em = database.fork()
  const userIds = notices.map(({ userId }) => userId)
  const meetingIds = notices.flatMap(({ meetingId }) => meetingId ?? [])
  const users = await em.find(UserRecord, { id: { $in: userIds } }, { fields: ['id'] })
  const meetings = await em.find(MeetingRecord, { id: { $in: [...new Set(meetingIds)] } }, { fields: ['id'] })
  const known = new Set<string>([...users, ...meetings].map(({ id }) => id))
  return notices
    .filter(({ userId }) => known.has(userId))
    .map((notice) => ({
      ...notice,
      meetingId: notice.meetingId !== null && known.has(notice.meetingId) ? notice.meetingId : null,
    }))
}

function toNotice(record: NoticeRecord): Omit<StoredNotice, 'userId'> {
  return {
    id: record.id,
    kind: record.kind as NoticeKind,
    meetingId: record.meeting ? MeetingId.parse(record.meeting.id) : null,
    meetingTitle: record.meetingTitle,
    actor: record.actor ?? null,
    detail: record.detail ?? null,
    createdAt: record.createdAt,
    readAt: record.readAt ?? null,
  }
}
