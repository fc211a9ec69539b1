import { randomUUID } from 'node:crypto'
import { MeetingId, UserId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { UserRecord } from '../../src/db/entities/user-record.ts'
import { createNoticesStore, type StoredNotice } from '../../src/features/notices/notices-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertMeeting, insertUser } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const newNotice = (userId: UserId, minute = 0): StoredNotice => ({
  id: randomUUID(),
  userId,
  kind: 'answered',
  meetingId: null,
  meetingTitle: 'Añejo 🎉 100%',
  actor: 'ü'.repeat(64),
  detail: 'accepted',
  createdAt: new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89)),
  readAt: null,
})

export const testNoticesStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createNoticesStore(database())
  const listed = (notice: StoredNotice) => {
    const { userId: _, ...rest } = notice
    return rest
  }
  const all = (userId: UserId) => store().list({ userId, after: null, limit: 50 })

  it('keeps notices to the letter and the millisecond', async () => {
    const userId = await insertUser(database())
    const meetingId = await insertMeeting(database(), { owner: userId })
    const notices = [{ ...newNotice(userId, 1), meetingId, actor: null, detail: null }, newNotice(userId)]
    await store().add(notices)
    expect(await all(userId)).toEqual(notices.map(listed))
    expect(await store().listAll(userId)).toEqual(notices.map(listed))
    await store().add([])
  })

  it('goes on after a notice, also among those at the same time', async () => {
    const userId = await insertUser(database())
    await store().add([0, 1, 1, 1, 2].map((minute) => newNotice(userId, minute)))
    const found = await all(userId)
    for (const [index, { createdAt, id }] of found.entries())
      expect(await store().list({ userId, after: { at: createdAt, id }, limit: 2 })).toEqual(
        found.slice(index + 1, index + 3),
      )
  })

  it('counts what is unread, of one user alone', async () => {
    const [userId, other] = [await insertUser(database()), await insertUser(database())]
    await store().add([newNotice(userId), newNotice(userId), newNotice(other)])
    expect(await store().countUnread(userId)).toBe(2)
    const readAt = new Date('2026-07-05T00:00:00.123Z')
    await store().readAll(userId, readAt)
    expect(await store().countUnread(userId)).toBe(0)
    expect((await all(userId)).map((notice) => notice.readAt)).toEqual([readAt, readAt])
    expect(await store().countUnread(other)).toBe(1)
  })

  it('leaves out accounts and meetings that are gone', async () => {
    const userId = await insertUser(database())
    const gone = { ...newNotice(userId), meetingId: MeetingId.parse(randomUUID()) }
    await store().add([newNotice(UserId.parse(randomUUID())), gone])
    expect(await all(userId)).toEqual([listed({ ...gone, meetingId: null })])
  })

  it('goes with its account, and when it is old', async () => {
    const [userId, other] = [await insertUser(database()), await insertUser(database())]
    await store().add([newNotice(userId), newNotice(other, 1), newNotice(other, 2)])
    await database().fork().nativeDelete(UserRecord, { id: userId })
    expect(await all(userId)).toEqual([])
    await store().removeBefore(newNotice(other, 2).createdAt)
    expect(await all(other)).toHaveLength(1)
  })

  it('finds by index', async () => {
    const userId = await insertUser(database())
    const notice = newNotice(userId)
    await store().add([notice])
    const queries = await sqlOf(database(), async () => {
      await store().list({ userId, after: null, limit: 26 })
      await store().list({ userId, after: { at: notice.createdAt, id: notice.id }, limit: 26 })
      await store().countUnread(userId)
      await store().readAll(userId, new Date())
    })
    expect(queries).toHaveLength(4)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
