import { DEFAULT_POLICY, type MeetingPolicy } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { comesAgain, expiryOf, timeUpAt, timingOf } from './meeting-timing.ts'
import type { StoredMeeting } from './meeting.ts'

const at = (text: string) => new Date(`2026-03-${text}Z`)
const CREATED = at('04T05:00:00')
const TUESDAY = { startsAt: '2026-03-10T08:00:00.000Z', durationMinutes: 45, timeZone: 'UTC' }
const WEEKLY = { ...TUESDAY, recurrence: 'FREQ=WEEKLY' }
const TWICE = { ...TUESDAY, recurrence: 'FREQ=WEEKLY;COUNT=2' }

type Timed = Parameters<typeof timingOf>[0]

function meeting(change: Partial<StoredMeeting> = {}, policy: Partial<MeetingPolicy> = {}): Timed {
  return {
    state: 'open',
    schedule: null,
    policy: { ...DEFAULT_POLICY, ...policy },
    createdAt: CREATED,
    updatedAt: CREATED,
    startedAt: null,
    endedAt: null,
    ...change,
  }
}

const timing = (of: Timed, now: Date, { live = false, reminderMinutes = 10 } = {}) =>
  timingOf(of, { now, live, reminderMinutes })

describe('the timing of a meeting without a time', () => {
  it('stands where it was created, and expires when nobody comes', () => {
    expect(timing(meeting(), at('04T06:00:00'))).toEqual({
      nextStartsAt: null,
      at: CREATED,
      past: false,
      dueAt: at('05T05:00:00'),
      remindAt: null,
    })
  })

  it('is looked at every three minutes while someone is in it', () => {
    const now = at('04T06:00:00')
    const live = meeting({ startedAt: at('04T05:30:00') })
    expect(timing(live, now, { live: true })).toMatchObject({ past: false, dueAt: at('04T06:03:00') })
  })

  it('expires so many hours after its call, not after it was created', () => {
    const left = meeting(
      { startedAt: at('05T01:00:00'), endedAt: at('05T02:00:00') },
      { expiresAfterHours: 2 },
    )
    expect(timing(left, at('05T03:00:00'))).toMatchObject({ past: false, dueAt: at('05T04:00:00') })
  })
})

describe('the timing of a scheduled meeting', () => {
  it('stands at its start, is due at its end, and reminds before', () => {
    expect(timing(meeting({ schedule: TUESDAY }), CREATED)).toEqual({
      nextStartsAt: at('10T08:00:00'),
      at: at('10T08:00:00'),
      past: false,
      dueAt: at('10T08:45:00'),
      remindAt: at('10T07:50:00'),
    })
  })

  it('reminds nobody when the moment has gone, or nobody wants it', () => {
    const scheduled = meeting({ schedule: TUESDAY })
    expect(timing(scheduled, at('10T07:50:00')).remindAt).toBeNull()
    expect(timing(scheduled, at('10T07:49:59'), { reminderMinutes: 0 }).remindAt).toBeNull()
    expect(timing(scheduled, at('10T07:49:59')).remindAt).toEqual(at('10T07:50:00'))
  })

  it('is past after its end, and due a day later', () => {
    expect(timing(meeting({ schedule: TUESDAY }), at('10T08:45:00'))).toEqual({
      nextStartsAt: at('10T08:00:00'),
      at: at('10T08:00:00'),
      past: true,
      dueAt: at('11T08:45:00'),
      remindAt: null,
    })
  })

  it('is not past while someone is still in it', () => {
    const overrun = meeting({ schedule: TUESDAY, startedAt: at('10T08:01:00') })
    expect(timing(overrun, at('10T09:00:00'), { live: true })).toMatchObject({
      past: false,
      dueAt: at('10T09:03:00'),
    })
  })
})

describe('the timing of a recurring meeting', () => {
  it('goes on from one occurrence to the next, and reminds of each', () => {
    const weekly = meeting({ schedule: WEEKLY })
    expect(timing(weekly, at('10T08:44:59'))).toMatchObject({
      at: at('10T08:00:00'),
      remindAt: at('17T07:50:00'),
    })
    expect(timing(weekly, at('10T08:45:00'))).toEqual({
      nextStartsAt: at('17T08:00:00'),
      at: at('17T08:00:00'),
      past: false,
      dueAt: at('17T08:45:00'),
      remindAt: at('17T07:50:00'),
    })
  })

  it('stands at its last occurrence when there is no other', () => {
    expect(timing(meeting({ schedule: TWICE }), at('18T00:00:00'))).toMatchObject({
      nextStartsAt: at('17T08:00:00'),
      past: true,
      dueAt: at('18T08:45:00'),
    })
  })
})

describe('the timing of a meeting that is over', () => {
  it.each(['ended', 'closed', 'cancelled'] as const)('keeps one that is %s for its days', (state) => {
    const over = meeting({ state, endedAt: at('05T00:00:00'), schedule: TUESDAY }, { retentionDays: 7 })
    expect(timing(over, CREATED, { live: true })).toEqual({
      nextStartsAt: at('10T08:00:00'),
      at: at('10T08:00:00'),
      past: true,
      dueAt: at('12T00:00:00'),
      remindAt: null,
    })
  })

  it('keeps one that never was from its last change on', () => {
    const never = meeting({ state: 'cancelled', updatedAt: at('06T00:00:00') }, { retentionDays: 1 })
    expect(timing(never, CREATED).dueAt).toEqual(at('07T00:00:00'))
  })
})

describe('the expiry of a meeting', () => {
  it('is counted from what is later: its call or its scheduled end', () => {
    const early = meeting({ schedule: TUESDAY, startedAt: at('05T00:00:00'), endedAt: at('05T01:00:00') })
    expect(expiryOf(early)).toEqual(at('11T08:45:00'))
    const late = meeting({ schedule: TUESDAY, startedAt: at('10T08:00:00'), endedAt: at('10T11:00:00') })
    expect(expiryOf(late)).toEqual(at('11T11:00:00'))
  })

  it('is counted from the last occurrence, and never comes when there is none', () => {
    expect(expiryOf(meeting({ schedule: TWICE }))).toEqual(at('18T08:45:00'))
    expect(expiryOf(meeting({ schedule: WEEKLY }))).toBeNull()
  })
})

describe('whether a meeting comes again', () => {
  it('is so before its only occurrence, but no more when the call was it', () => {
    const once = meeting({ schedule: TUESDAY })
    expect(comesAgain(once, at('10T07:44:59'))).toBe(true)
    expect(comesAgain(once, at('10T07:45:00'))).toBe(false)
    expect(comesAgain(once, at('10T09:00:00'))).toBe(false)
    expect(comesAgain(meeting(), CREATED)).toBe(false)
  })

  it('is so in every occurrence but the last', () => {
    const twice = meeting({ schedule: TWICE })
    expect(comesAgain(twice, at('10T08:30:00'))).toBe(true)
    expect(comesAgain(twice, at('10T09:00:00'))).toBe(true)
    expect(comesAgain(twice, at('17T08:30:00'))).toBe(false)
    expect(comesAgain(meeting({ schedule: WEEKLY }), at('17T08:30:00'))).toBe(true)
  })
})

describe('the time of a call', () => {
  it('is up after its minutes, when it has any and has begun', () => {
    const startedAt = at('04T06:00:00')
    expect(timeUpAt(meeting({ startedAt }, { maxMinutes: 40 }))).toEqual(at('04T06:40:00'))
    expect(timeUpAt(meeting({ startedAt }))).toBeNull()
    expect(timeUpAt(meeting({}, { maxMinutes: 40 }))).toBeNull()
  })

  it('is looked at when it is up, and at once when it was', () => {
    const short = meeting({ startedAt: at('04T06:00:00') }, { maxMinutes: 40 })
    expect(timing(short, at('04T06:39:00'), { live: true }).dueAt).toEqual(at('04T06:40:00'))
    expect(timing(short, at('04T06:30:00'), { live: true }).dueAt).toEqual(at('04T06:33:00'))
    expect(timing(short, at('04T07:00:00'), { live: true }).dueAt).toEqual(at('04T07:00:00'))
  })
})
