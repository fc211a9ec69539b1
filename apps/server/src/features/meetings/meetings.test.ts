import { MeetingCode, MeetingId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createMeetingsStore, type MeetingsStore } from './meetings-store.ts'
import { createMeetings, type Meetings } from './meetings.ts'

const config = { publicUrl: 'https://meet.example.org', whoMayCreate: 'anyone' as const }

describe('meetings', () => {
  let database: Database
  let store: MeetingsStore
  let meetings: Meetings
  beforeEach(async () => {
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    store = createMeetingsStore(database)
    meetings = createMeetings({ store, config })
  })
  afterEach(() => database.close())

  it('are created with a code of their own and a link', async () => {
    const now = new Date('2026-03-04T05:06:07.089Z')
    const meeting = await createMeetings({ store, config, now: () => now }).create({
      title: 'Weekly planning',
    })
    expect(meeting).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code: expect.stringMatching(/^[a-z]{4}-[a-z]{6}-[a-z]{4}$/),
      title: 'Weekly planning',
      createdAt: '2026-03-04T05:06:07.089Z',
      link: `https://meet.example.org/meeting/${meeting.code}`,
    })
    expect((await meetings.create({})).code).not.toBe(meeting.code)
  })

  it('have a title in any case', async () => {
    expect((await meetings.create({})).title).toBe('Meeting')
  })

  it('are found by id and by code', async () => {
    const meeting = await meetings.create({})
    expect(await meetings.find(meeting.id)).toEqual(meeting)
    expect(await meetings.find(meeting.code)).toEqual(meeting)
    expect(await meetings.findByCode(meeting.code)).toEqual(meeting)
  })

  it('are not found when there is none', async () => {
    const code = MeetingCode.parse('abcd-efghjk-mnpq')
    expect(await meetings.findByCode(code)).toBeUndefined()
    const id = MeetingId.parse('7d9f6a52-5f0e-4b6f-9a86-0a3f3c1d2e4b')
    for (const missing of [code, id]) {
      await expect(meetings.find(missing)).rejects.toMatchObject({ code: 'meeting_not_found' })
    }
  })

  it('get another code when one is taken', async () => {
    const drawn = ['a', 'a', 'b'].flatMap((letter) => Array<string>(14).fill(letter))
    const drawing = createMeetings({ store, config, randomLetter: () => drawn.shift() ?? 'c' })
    expect((await drawing.create({})).code).toBe('aaaa-aaaaaa-aaaa')
    expect((await drawing.create({})).code).toBe('bbbb-bbbbbb-bbbb')
  })

  it('are given up when every code is taken', async () => {
    const stuck = createMeetings({ store, config, randomLetter: () => 'a' })
    await stuck.create({})
    await expect(stuck.create({})).rejects.toThrow('no free meeting code')
  })

  it('are created by users only when the operator says so', async () => {
    const closed = createMeetings({ store, config: { ...config, whoMayCreate: 'users' } })
    await expect(closed.create({})).rejects.toMatchObject({
      code: 'unauthorized',
      message: 'Sign in to create a meeting.',
    })
  })
})
