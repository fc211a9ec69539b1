import { randomUUID } from 'node:crypto'
import { type MeetingPolicy, MeetingId, type MeetingSchedule } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createMeetingsPlace } from '../../../test/lib/meetings-place.ts'
import { insertMeeting, insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { MeetingLife } from './meeting-life.ts'
import type { MeetingEvents } from './meeting-ports.ts'

const at = (text: string) => new Date(`2026-03-${text}Z`)
const log = createLogger({ level: 'silent' })
const TUESDAY = { startsAt: '2026-03-10T08:00:00.000Z', durationMinutes: 45, timeZone: 'UTC' }
const TWICE = { ...TUESDAY, recurrence: 'FREQ=WEEKLY;COUNT=2' }

describe('in the life of a meeting', () => {
  let database: Database
  let now = at('04T05:00:00')
  beforeEach(async () => {
    now = at('04T05:00:00')
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
  })
  afterEach(() => database.close())

  function place(events: Partial<MeetingEvents> = {}) {
    const around = createMeetingsPlace({ database, options: { now: () => now } })
    const { store, settings, isLive, endRoom } = around
    const life = new MeetingLife({
      store,
      settings,
      isLive,
      endRoom,
      log,
      events: { ...around.events, ...events },
      now: () => now,
    })
    /** A meeting somebody made at this moment. */
    const made = async (schedule: MeetingSchedule | null = null, policy: Partial<MeetingPolicy> = {}) => {
      const owner = { id: await insertUser(database), name: 'Ana', email: 'ana@example.org' }
      const input = { title: 'Planning', policy, ...(schedule && { schedule }) }
      return { ...(await around.meetings.create(input, owner)), owner }
    }
    const stored = (id: MeetingId) => store.findById(id)
    const begin = async (id: MeetingId, when: string) => {
      now = at(when)
      around.live.add(id)
      await life.callBegan(id)
    }
    const end = async (id: MeetingId, when: string) => {
      now = at(when)
      around.live.delete(id)
      await life.callEnded(id)
    }
    const lookAt = async (when: string) => {
      now = at(when)
      await life.look()
    }
    return { ...around, life, made, stored, begin, end, lookAt }
  }

  it('a call begins with the first who comes, and those invited hear of it once', async () => {
    const { made, begin, stored, told } = place()
    const { id } = await made()
    await begin(id, '04T06:00:00')
    expect(await stored(id)).toMatchObject({ state: 'open', startedAt: at('04T06:00:00'), endedAt: null })
    expect(told).toEqual(['started: Planning'])
  })

  it('a call that its server found on goes on as the same', async () => {
    const { made, begin, stored, told } = place()
    const { id } = await made()
    await begin(id, '04T06:00:00')
    await begin(id, '04T06:02:00')
    expect(await stored(id)).toMatchObject({ startedAt: at('04T06:00:00') })
    expect(told).toHaveLength(1)
  })

  it('a call ends when the call is empty, and begins again with who comes back in time', async () => {
    const { made, begin, end, stored, told } = place()
    const { id } = await made()
    await begin(id, '04T06:00:00')
    await end(id, '04T07:00:00')
    expect(await stored(id)).toMatchObject({
      state: 'ended',
      endedAt: at('04T07:00:00'),
      dueAt: new Date('2026-06-02T07:00:00Z'),
    })
    await begin(id, '04T07:30:00')
    expect(await stored(id)).toMatchObject({ state: 'open', startedAt: at('04T07:30:00'), endedAt: null })
    expect(told).toHaveLength(2)
  })

  it('a test of the link before the day ends nothing', async () => {
    const { made, begin, end, stored } = place()
    const { id } = await made(TUESDAY)
    await begin(id, '05T06:00:00')
    await end(id, '05T06:05:00')
    expect(await stored(id)).toMatchObject({
      state: 'open',
      endedAt: at('05T06:05:00'),
      dueAt: at('10T08:45:00'),
      remindAt: at('10T07:50:00'),
    })
  })

  it('a recurring one goes on after each call but the last', async () => {
    const { made, begin, end, lookAt, stored } = place()
    const { id } = await made(TWICE)
    await begin(id, '10T08:00:00')
    await end(id, '10T08:40:00')
    expect(await stored(id)).toMatchObject({ state: 'open', dueAt: at('10T08:45:00') })
    await lookAt('10T08:45:00')
    expect(await stored(id)).toMatchObject({
      state: 'open',
      nextStartsAt: at('17T08:00:00'),
      remindAt: at('17T07:50:00'),
      dueAt: at('17T08:45:00'),
    })
    await begin(id, '17T08:00:00')
    await end(id, '17T08:40:00')
    expect(await stored(id)).toMatchObject({ state: 'ended' })
  })

  it('a call changes nothing that its host cancelled or ended, and is ended', async () => {
    const { made, meetings, begin, end, stored, told, ended } = place()
    for (const act of ['cancel', 'end'] as const) {
      const { id, owner } = await made()
      await meetings[act](id, { userId: owner.id, name: 'Ana' })
      const before = await stored(id)
      ended.length = 0
      await begin(id, '04T06:00:00')
      expect(ended).toEqual([id])
      await end(id, '04T06:30:00')
      expect(await stored(id)).toEqual(before)
    }
    expect(told).toEqual(['cancelled: Planning'])
  })

  it('a call of a meeting that was deleted is ended', async () => {
    const { begin, end, told, ended } = place()
    const id = MeetingId.parse(randomUUID())
    await begin(id, '04T06:00:00')
    expect(ended).toEqual([id])
    await end(id, '04T06:30:00')
    expect(told).toEqual([])
  })

  it('a scheduled one to which nobody comes is over a day after its end', async () => {
    const { made, lookAt, stored, meetings } = place()
    const { id, owner } = await made(TUESDAY)
    await lookAt('10T08:44:59')
    expect(await stored(id)).toMatchObject({ state: 'open', dueAt: at('10T08:45:00') })
    await lookAt('10T08:45:00')
    expect(await stored(id)).toMatchObject({ state: 'open', dueAt: at('11T08:45:00') })
    expect((await meetings.list(owner.id, { when: 'past' })).items).toMatchObject([{ id, state: 'open' }])
    await lookAt('11T08:45:00')
    expect(await stored(id)).toMatchObject({ state: 'ended', endedAt: at('11T08:45:00') })
  })

  it('a meeting stays while someone is in it, however long ago its end was', async () => {
    const { made, begin, lookAt, stored } = place()
    const { id } = await made(TUESDAY)
    await begin(id, '10T08:00:00')
    for (const when of ['10T08:45:00', '11T08:45:00', '12T00:00:00']) await lookAt(when)
    expect(await stored(id)).toMatchObject({ state: 'open', endedAt: null, dueAt: at('12T00:03:00') })
  })

  it('a call that lasted as long as it may is ended', async () => {
    const { made, begin, lookAt, stored, ended } = place()
    const { id } = await made(null, { maxMinutes: 40 })
    await begin(id, '04T06:00:00')
    for (const when of ['04T06:03:00', '04T06:39:59']) await lookAt(when)
    expect(ended).toEqual([])
    await lookAt('04T06:40:00')
    expect(ended).toEqual([id])
    expect(await stored(id)).toMatchObject({ state: 'ended', endedAt: at('04T06:40:00') })
  })

  it('a call that was on when the server died ends soon after the start of the next', async () => {
    const { made, begin, lookAt, live, stored } = place()
    const { id } = await made()
    await begin(id, '04T06:00:00')
    live.delete(id)
    await lookAt('04T06:02:59')
    expect(await stored(id)).toMatchObject({ state: 'open', endedAt: null })
    await lookAt('04T06:03:00')
    expect(await stored(id)).toMatchObject({ state: 'ended', endedAt: at('04T06:03:00') })
  })

  it('a meeting reminds once, even after a call and a change of its title', async () => {
    const { made, begin, end, lookAt, meetings, told } = place()
    const { id, owner } = await made(TUESDAY)
    await lookAt('10T07:49:59')
    expect(told).toEqual([])
    await lookAt('10T07:50:00')
    expect(told).toEqual(['remind: Planning'])
    await begin(id, '10T07:51:00')
    await end(id, '10T07:52:00')
    await meetings.update(id, { userId: owner.id, name: 'Ana' }, { agenda: 'One' })
    await lookAt('10T07:53:00')
    expect(told).toEqual(['remind: Planning', 'started: Planning'])
  })

  it('a daily one reminds of each occurrence, also with a day of notice', async () => {
    const reminded: (Date | null)[] = []
    const { made, lookAt, settings } = place({
      remind: async ({ nextStartsAt }) => void reminded.push(nextStartsAt),
    })
    settings.reminderMinutes = 1440
    await made({ ...TUESDAY, recurrence: 'FREQ=DAILY;COUNT=3' })
    for (const day of ['09', '10', '11', '12']) {
      await lookAt(`${day}T08:00:00`)
      await lookAt(`${day}T08:45:00`)
    }
    expect(reminded).toEqual(['10T08:00:00', '11T08:00:00', '12T08:00:00'].map(at))
  })

  it('one that moves reminds again, one that is cancelled does not', async () => {
    const { made, lookAt, meetings, told } = place()
    const { id, owner } = await made(TUESDAY)
    const ana = { userId: owner.id, name: 'Ana' }
    await lookAt('10T07:50:00')
    await meetings.update(id, ana, { schedule: { ...TUESDAY, startsAt: '2026-03-11T08:00:00.000Z' } })
    await lookAt('11T07:50:00')
    expect(told).toEqual(['remind: Planning', 'changed schedule: Planning', 'remind: Planning'])
    const other = await made({ ...TUESDAY, startsAt: '2026-03-12T08:00:00.000Z' })
    await meetings.cancel(other.id, { userId: other.owner.id, name: 'Ana' })
    await lookAt('12T07:50:00')
    expect(told).toHaveLength(4)
  })

  it('one whose start has gone by reminds of it no more', async () => {
    const { made, lookAt, stored, told } = place()
    const { id } = await made(TUESDAY)
    await lookAt('10T08:00:00')
    expect(told).toEqual([])
    expect(await stored(id)).toMatchObject({ remindAt: null })
  })

  it('what goes wrong with one leaves the others alone', async () => {
    let reminded = 0
    const { made, lookAt, stored } = place({
      remind: async () => {
        reminded += 1
        throw new Error('no mail today')
      },
    })
    const [one, other] = [await made(TUESDAY), await made(TUESDAY)]
    const instant = await made()
    await lookAt('10T07:50:00')
    expect(reminded).toBe(2)
    for (const { id } of [one, other]) expect(await stored(id)).toMatchObject({ remindAt: null })
    expect(await stored(instant.id)).toMatchObject({ state: 'ended' })
  })

  it('a meeting that ended is deleted when the days of keeping are over, not before', async () => {
    const { made, begin, end, lookAt, stored, ended } = place()
    const { id } = await made(null, { retentionDays: 7 })
    await begin(id, '04T06:00:00')
    await end(id, '04T07:00:00')
    await lookAt('11T06:59:59')
    expect(await stored(id)).toBeDefined()
    await lookAt('11T07:00:00')
    expect(await stored(id)).toBeUndefined()
    expect(ended).toEqual([id])
  })

  it('one that is never due is left alone', async () => {
    const { lookAt, stored } = place()
    const id = await insertMeeting(database, { dueAt: null })
    await lookAt('30T00:00:00')
    expect(await stored(id)).toMatchObject({ state: 'open', dueAt: null })
  })
})
