import { randomUUID } from 'node:crypto'
import { MeetingId, type UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertMeeting, insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'
import { createLogger } from '../../platform/logger.ts'
import { createNoticesStore } from './notices-store.ts'
import { Notices } from './notices.ts'

const DAY_MS = 86_400_000

describe('notices', () => {
  let database: Database
  let now: Date
  let notices: Notices
  let ana: UserId
  let bo: UserId
  let meetingId: MeetingId
  beforeEach(async () => {
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    now = new Date('2026-03-04T05:06:07.089Z')
    notices = new Notices(createNoticesStore(database), () => now)
    ana = await insertUser(database)
    bo = await insertUser(database)
    meetingId = await insertMeeting(database, { owner: ana })
  })
  afterEach(() => database.close())

  const newNotice = (meetingTitle: string) => ({ kind: 'invited', meetingId, meetingTitle }) as const
  const titles = async (userId: UserId) =>
    (await notices.list(userId, {})).items.map(({ meetingTitle }) => meetingTitle)

  it('tell everyone who is named, and nobody else', async () => {
    await notices.tell([bo], { ...newNotice('Planning'), actor: 'Ana', detail: 'accepted' })
    expect(await notices.list(bo, {})).toEqual({
      items: [
        {
          id: expect.stringMatching(/^[0-9a-f-]{36}$/),
          kind: 'invited',
          meetingId,
          meetingTitle: 'Planning',
          actor: 'Ana',
          detail: 'accepted',
          createdAt: '2026-03-04T05:06:07.089Z',
          read: false,
        },
      ],
      nextCursor: null,
      unread: 1,
    })
    expect(await notices.list(ana, {})).toEqual({ items: [], nextCursor: null, unread: 0 })
    await notices.tell([], newNotice('Nobody'))
    await notices.tell([ana, bo], newNotice('Both'))
    expect(await titles(ana)).toEqual(['Both'])
    expect(await titles(bo)).toHaveLength(2)
  })

  it('are unread until their reader says so, and count on all pages', async () => {
    for (const title of ['one', 'two', 'three']) await notices.tell([ana, bo], newNotice(title))
    expect(await notices.list(ana, { limit: 2 })).toMatchObject({ unread: 3, items: { length: 2 } })
    await notices.readAll(ana)
    const read = await notices.list(ana, {})
    expect(read.unread).toBe(0)
    expect(read.items.every((notice) => notice.read)).toBe(true)
    expect((await notices.list(bo, {})).unread).toBe(3)
  })

  it('are read page by page, latest first', async () => {
    for (const title of ['one', 'two', 'three']) {
      now = new Date(now.getTime() + 1)
      await notices.tell([ana], newNotice(title))
    }
    const first = await notices.list(ana, { limit: 2 })
    expect(first.items.map(({ meetingTitle }) => meetingTitle)).toEqual(['three', 'two'])
    const second = await notices.list(ana, { limit: 2, cursor: first.nextCursor ?? '' })
    expect(second.items.map(({ meetingTitle }) => meetingTitle)).toEqual(['one'])
    expect(second.nextCursor).toBeNull()
  })

  it('fit, however long the address of somebody without a name is', async () => {
    const actor = `${'a'.repeat(240)}@example.org`
    await notices.tell([ana], { ...newNotice('Planning'), actor, detail: 'x'.repeat(300) })
    const [notice] = (await notices.list(ana, {})).items
    expect(notice).toMatchObject({ actor: actor.slice(0, 64), detail: 'x'.repeat(100) })
  })

  it('outlive their meeting', async () => {
    await notices.tell([ana, bo], newNotice('Planning'))
    await database.fork().nativeDelete(MeetingRecord, { id: meetingId })
    expect((await notices.list(bo, {})).items).toMatchObject([{ meetingId: null, meetingTitle: 'Planning' }])
  })

  it('reach the others when one of those named has gone', async () => {
    await notices.tell([randomUUID() as UserId, bo], newNotice('Planning'))
    expect(await titles(bo)).toEqual(['Planning'])
    now = new Date(now.getTime() + 1)
    await notices.tell([bo], { ...newNotice('Gone'), meetingId: MeetingId.parse(randomUUID()) })
    expect((await notices.list(bo, {})).items[0]).toMatchObject({ meetingTitle: 'Gone', meetingId: null })
  })

  it('are kept for 90 days', async () => {
    await notices.tell([ana], newNotice('old'))
    now = new Date(now.getTime() + 1)
    await notices.tell([ana], newNotice('young'))
    now = new Date(now.getTime() + 90 * DAY_MS)
    await notices.forgetOld()
    expect(await titles(ana)).toEqual(['young'])
  })

  it('are part of what a user takes with them', async () => {
    await notices.tell([ana], newNotice('mine'))
    await notices.tell([bo], newNotice('not mine'))
    expect(await notices.exportOf(ana)).toMatchObject([{ meetingTitle: 'mine', readAt: null }])
  })
})
