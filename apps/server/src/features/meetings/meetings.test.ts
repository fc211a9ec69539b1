import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, MeetingCode, MeetingId, UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMeetingsPlace } from '../../../test/lib/meetings-place.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createUsersStore } from '../accounts/users-store.ts'
import type { MeetingOwner } from './meeting.ts'

const NOW = new Date('2026-03-04T05:06:07.089Z')
const TUESDAY = {
  startsAt: '2026-03-10T08:00:00.000Z',
  durationMinutes: 45,
  timeZone: 'Europe/Vienna',
}

describe('meetings', () => {
  let database: Database
  let now = NOW
  beforeEach(async () => {
    now = NOW
    database = await openDatabase({
      url: 'sqlite::memory:',
      dataDir: '/',
      log: createLogger({ level: 'silent' }),
    })
    await database.migrate()
  })
  afterEach(() => database.close())

  const place = (options: Parameters<typeof createMeetingsPlace>[0]['options'] = {}) =>
    createMeetingsPlace({ database, options: { now: () => now, ...options } })

  async function owner(name = 'Ana'): Promise<MeetingOwner & { userId: UserId }> {
    const id = UserId.parse(randomUUID())
    const email = `${id}@example.org`
    await createUsersStore(database).add({
      id,
      email,
      name,
      emailVerifiedAt: NOW,
      passwordHash: null,
      language: 'en',
      timeZone: 'UTC',
      role: 'user',
      state: 'active',
      avatarVersion: null,
      createdAt: NOW,
      lastSeenAt: null,
    })
    return { id, userId: id, name, email }
  }

  it('are created by strangers with a code of their own and a link, and show strangers no more', async () => {
    const { meetings } = place()
    const meeting = await meetings.create({ title: 'Weekly planning' }, null)
    expect(meeting).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      code: expect.stringMatching(/^[a-z]{4}-[a-z]{6}-[a-z]{4}$/),
      title: 'Weekly planning',
      state: 'open',
      createdAt: NOW.toISOString(),
      link: `https://meet.example.org/meeting/${meeting.code}`,
      schedule: null,
      hasPassword: false,
      join: 'anyone',
      waitingRoom: 'nobody',
      locked: false,
      details: null,
    })
    expect(await meetings.read(meeting.id, undefined)).toEqual(meeting)
    expect(await meetings.read(meeting.code, undefined)).toEqual(meeting)
    expect((await meetings.create({}, null)).code).not.toBe(meeting.code)
  })

  it('are not found when there is none', async () => {
    const { meetings } = place()
    for (const missing of [MeetingCode.parse('abcd-efghjk-mnpq'), MeetingId.parse(randomUUID())])
      await expect(meetings.read(missing, undefined)).rejects.toMatchObject({ code: 'meeting_not_found' })
  })

  it('get another code when one is taken, and are given up when every code is', async () => {
    const drawn = ['a', 'a', 'b'].flatMap((letter) => Array<string>(14).fill(letter))
    const { meetings } = place({ randomLetter: () => drawn.shift() ?? 'b' })
    expect((await meetings.create({}, null)).code).toBe('aaaa-aaaaaa-aaaa')
    expect((await meetings.create({}, null)).code).toBe('bbbb-bbbbbb-bbbb')
    await expect(meetings.create({}, null)).rejects.toThrow('no free meeting code')
  })

  it('for invited people only say nothing about themselves to strangers', async () => {
    const { meetings } = place()
    const ana = await owner()
    const input = { title: 'Salaries', schedule: TUESDAY, policy: { join: 'invited' as const } }
    const { id } = await meetings.create(input, ana)
    expect(await meetings.read(id, undefined)).toMatchObject({
      title: 'Private meeting',
      schedule: null,
      details: null,
    })
    const ben = await owner('Ben')
    expect(await meetings.read(id, ben.id)).toMatchObject({ title: 'Private meeting', details: null })
    expect(await meetings.read(id, ana.id)).toMatchObject({
      title: 'Salaries',
      details: { relation: 'owner' },
    })
    await expect(meetings.create(input, null)).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('belong to nobody else', async () => {
    const { meetings, told } = place()
    const [ana, ben] = [await owner(), await owner('Ben')]
    const { id } = await meetings.create({ schedule: TUESDAY }, ana)
    const acts = [
      () => meetings.update(id, ben, { title: 'Mine' }),
      () => meetings.cancel(id, ben),
      () => meetings.start(id, ben),
      () => meetings.end(id, ben),
      () => meetings.remove(id, ben),
      () => meetings.known(id, ben.id),
    ]
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'meeting_not_found' })
    expect(told).toEqual([])
  })

  it('change for whoever knows the version that is there', async () => {
    const { meetings, told } = place()
    const ana = await owner()
    const { id } = await meetings.create({ title: 'Planning', schedule: TUESDAY }, ana)
    const changed = await meetings.update(id, ana, { title: 'Plans', ifMatch: 1 })
    expect(changed).toMatchObject({ title: 'Plans', details: { version: 2 } })
    expect(told).toEqual(['changed title: Plans'])
    await expect(meetings.update(id, ana, { title: 'Old', ifMatch: 1 })).rejects.toMatchObject({
      code: 'version_changed',
    })
    await meetings.update(id, ana, { policy: { startMuted: true } })
    expect(told).toHaveLength(1)
    expect((await meetings.find(id)).sequence).toBe(1)
  })

  it('of several changes at once lose none', async () => {
    const { meetings } = place()
    const ana = await owner()
    const { id } = await meetings.create({ title: 'Planning' }, ana)
    await Promise.all([
      meetings.update(id, ana, { title: 'Plans' }),
      meetings.update(id, ana, { agenda: 'One' }),
      meetings.update(id, ana, { policy: { chat: 'nobody' } }),
    ])
    expect(await meetings.find(id)).toMatchObject({
      title: 'Plans',
      agenda: 'One',
      policy: { chat: 'nobody' },
      version: 4,
    })
  })

  it('cannot be planned for a time that is over', async () => {
    const { meetings } = place()
    const past = { ...TUESDAY, startsAt: '2026-03-01T08:00:00.000Z' }
    await expect(meetings.create({ schedule: past }, await owner())).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining('to come'),
    })
    const weekly = { ...past, recurrence: 'freq=weekly' }
    expect(await meetings.create({ schedule: weekly }, await owner())).toMatchObject({
      schedule: { recurrence: 'FREQ=WEEKLY' },
      details: { nextStartsAt: '2026-03-08T08:00:00.000Z' },
    })
  })

  it('that are cancelled stay so, and tell once', async () => {
    const { meetings, told, ended } = place()
    const ana = await owner()
    const { id } = await meetings.create({ title: 'Planning', schedule: TUESDAY }, ana)
    expect(await meetings.cancel(id, ana)).toMatchObject({ state: 'cancelled' })
    await meetings.cancel(id, ana)
    expect(told).toEqual(['cancelled: Planning'])
    expect(ended).toEqual([id])
    for (const act of [
      meetings.start(id, ana),
      meetings.end(id, ana),
      meetings.update(id, ana, { title: 'x' }),
    ])
      await expect(act).rejects.toMatchObject({ code: 'conflict' })
  })

  it('that have begun are not begun again: those invited hear of it once', async () => {
    const { meetings, told } = place()
    const ana = await owner()
    const { id } = await meetings.create({ title: 'Planning' }, ana)
    expect(await meetings.start(id, ana)).toMatchObject({ details: { startedAt: NOW.toISOString() } })
    now = new Date(NOW.getTime() + 60_000)
    expect(await meetings.start(id, ana)).toMatchObject({ details: { startedAt: NOW.toISOString() } })
    await Promise.all([meetings.end(id, ana), meetings.end(id, ana)])
    await Promise.all([meetings.start(id, ana), meetings.start(id, ana)])
    expect(told).toEqual(['started: Planning', 'started: Planning'])
    expect(await meetings.find(id)).toMatchObject({ startedAt: now, endedAt: null })
  })

  it('follow a template, but for what is said otherwise, and the settings without one', async () => {
    const asked: unknown[] = []
    const template = {
      agenda: 'One',
      policy: { ...DEFAULT_POLICY, startMuted: true, chat: 'nobody' as const, retentionDays: 30 },
    }
    const templates = {
      resolve: async (...question: unknown[]) => {
        asked.push(question)
        return question[0] === undefined ? null : template
      },
    }
    const { meetings } = place({ templates, settings: { retentionDays: 7, reminderMinutes: 10 } })
    const ana = await owner()
    const policy = { chat: 'everyone' as const }
    const { id } = await meetings.create({ templateId: 'class', policy }, ana)
    expect(await meetings.find(id)).toMatchObject({
      agenda: 'One',
      policy: { ...template.policy, chat: 'everyone' },
    })
    const own = await meetings.create({ templateId: 'class', agenda: '' }, null)
    expect(await meetings.find(own.id)).toMatchObject({ agenda: '' })
    expect(asked).toEqual([
      ['class', ana.id],
      ['class', null],
    ])
    const plain = await meetings.create({}, ana)
    expect((await meetings.find(plain.id)).policy).toEqual({ ...DEFAULT_POLICY, retentionDays: 7 })
  })

  it('invite when they are created, but for no stranger, and keep passwords as hashes', async () => {
    const { meetings, told } = place()
    const invite = [{ email: 'bo@example.org', role: 'participant' as const }]
    const { id } = await meetings.create({ title: 'Planning', invite, password: 'sesame' }, await owner())
    expect(told).toEqual(['invite 1: Planning'])
    expect(await meetings.find(id)).toMatchObject({ passwordHash: 'hash of sesame' })
    await expect(meetings.create({ invite }, null)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  it('leave nothing behind when their invitations fail', async () => {
    const failure = new Error('no database')
    const { meetings } = place({ invite: () => Promise.reject(failure) })
    const ana = await owner()
    const invite = [{ email: 'bo@example.org', role: 'participant' as const }]
    await expect(meetings.create({ title: 'Planning', invite }, ana)).rejects.toBe(failure)
    expect((await meetings.list(ana.id, {})).items).toEqual([])
  })

  it('get another password, or none', async () => {
    const { meetings } = place()
    const ana = await owner()
    const { id } = await meetings.create({ password: 'sesame' }, ana)
    expect(await meetings.update(id, ana, { title: 'x' })).toMatchObject({ hasPassword: true })
    await meetings.update(id, ana, { password: 'open' })
    expect(await meetings.find(id)).toMatchObject({ passwordHash: 'hash of open' })
    expect(await meetings.update(id, ana, { password: null })).toMatchObject({ hasPassword: false })
  })

  it('that are ended can be opened again; a recurring one goes on by itself', async () => {
    const { meetings } = place()
    const ana = await owner()
    const once = await meetings.create({ schedule: TUESDAY }, ana)
    expect(await meetings.end(once.id, ana)).toMatchObject({ state: 'ended' })
    expect(await meetings.start(once.id, ana)).toMatchObject({ state: 'open' })
    const weekly = await meetings.create({ schedule: { ...TUESDAY, recurrence: 'FREQ=WEEKLY;COUNT=3' } }, ana)
    expect(await meetings.end(weekly.id, ana)).toMatchObject({ state: 'open' })
  })

  it('are listed page by page, upcoming from the next on and past from the last back', async () => {
    const { meetings } = place()
    const ana = await owner()
    const days = [12, 10, 11, 10, 13].map((day) => `2026-03-${day}T08:00:00.000Z`)
    for (const startsAt of days)
      await meetings.create({ title: startsAt.slice(8, 10), schedule: { ...TUESDAY, startsAt } }, ana)
    const walk = async (when: 'upcoming' | 'past'): Promise<string[]> => {
      const titles: string[] = []
      for (let cursor: string | undefined; ;) {
        const page = await meetings.list(ana.id, { when, limit: 2, cursor })
        titles.push(...page.items.map(({ title }) => title))
        if (page.nextCursor === null) return titles
        cursor = page.nextCursor
      }
    }
    expect(await walk('upcoming')).toEqual(['10', '10', '11', '12', '13'])
    const { items } = await meetings.list(ana.id, { limit: 3 })
    for (const { id } of items) await meetings.cancel(id, ana)
    expect(await walk('upcoming')).toEqual(['12', '13'])
    expect(await walk('past')).toEqual(['11', '10', '10'])
    expect((await meetings.list((await owner('Ben')).id, {})).items).toEqual([])
  })

  it('are found by their title in any case, and wildcards mean themselves', async () => {
    const { meetings } = place()
    const ana = await owner()
    for (const title of ['Budget 100 %', 'Budget 1000', 'Ärzte']) await meetings.create({ title }, ana)
    const search = async (text: string) =>
      (await meetings.list(ana.id, { search: text })).items.map(({ title }) => title).toSorted()
    expect(await search('budGET')).toEqual(['Budget 100 %', 'Budget 1000'])
    expect(await search('äRZ')).toEqual(['Ärzte'])
    expect(await search('0 %')).toEqual(['Budget 100 %'])
    expect(await search('nothing')).toEqual([])
  })

  it('refuse a cursor that is none of theirs', async () => {
    const { meetings } = place()
    const ana = await owner()
    for (const cursor of [
      'x',
      Buffer.from('2026 a b').toString('base64url'),
      Buffer.from('never id').toString('base64url'),
    ])
      await expect(meetings.list(ana.id, { cursor })).rejects.toMatchObject({ code: 'bad_request' })
  })

  it('tell before they are deleted, and are gone then', async () => {
    const { meetings, told, ended } = place()
    const ana = await owner()
    const { id } = await meetings.create({ title: 'Planning', schedule: TUESDAY }, ana)
    await meetings.remove(id, ana)
    expect(told).toEqual(['deleted: Planning'])
    expect(ended).toEqual([id])
    await expect(meetings.find(id)).rejects.toMatchObject({ code: 'meeting_not_found' })
    expect((await meetings.list(ana.id, {})).items).toEqual([])
  })

  it('of an account that goes are deleted one by one, so that calls end and invited people hear of it', async () => {
    const { meetings, told, ended } = place()
    const [ana, ben] = [await owner(), await owner()]
    const one = await meetings.create({ title: 'One', schedule: TUESDAY }, ana)
    const two = await meetings.create({ title: 'Two' }, ana)
    const other = await meetings.create({ title: 'Of Ben' }, ben)
    await meetings.removeAllOf(ana)
    expect(told.toSorted()).toEqual(['deleted: One', 'deleted: Two'])
    expect(ended.toSorted()).toEqual([one.id, two.id].toSorted())
    expect(await meetings.find(other.id)).toMatchObject({ title: 'Of Ben' })
  })

  it.each([
    ['without milliseconds', { ...TUESDAY, startsAt: TUESDAY.startsAt.replace('.000Z', 'Z') }],
    ['with the same zone under another name', { ...TUESDAY, timeZone: 'Asia/Kolkata' }],
    ['with the parts of its rule in another order', { ...TUESDAY, recurrence: 'COUNT=3;FREQ=WEEKLY' }],
  ])('tell nobody of a time that is only written %s', async (_how, written) => {
    const { meetings, told } = place()
    const ana = await owner()
    const schedule = {
      ...TUESDAY,
      ...(written.timeZone !== TUESDAY.timeZone && { timeZone: 'Asia/Calcutta' }),
      ...('recurrence' in written && { recurrence: 'FREQ=WEEKLY;COUNT=3' }),
    }
    const { id } = await meetings.create({ title: 'Planning', schedule }, ana)
    const before = await meetings.find(id)
    await meetings.update(id, ana, { schedule: written })
    const after = await meetings.find(id)
    expect(after.sequence).toBe(before.sequence)
    expect(after.schedule).toEqual(before.schedule)
    expect(told).toEqual([])
  })
})
