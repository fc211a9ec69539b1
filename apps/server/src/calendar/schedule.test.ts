import { describe, expect, it, vi } from 'vitest'
import {
  firstOccurrence,
  isTimeZone,
  lastOccurrence,
  nextOccurrence,
  occurrencesBetween,
  readRecurrence,
  ruleOf,
  type Schedule,
} from './schedule.ts'

const once: Schedule = {
  startsAt: new Date('2026-03-25T08:00:00.123Z'),
  durationMinutes: 60,
  timeZone: 'Europe/Vienna',
}
const repeated = (recurrence: string, change: Partial<Schedule> = {}): Schedule => ({
  ...once,
  startsAt: new Date('2026-03-25T08:00:00Z'),
  recurrence: readRecurrence(recurrence),
  ...change,
})
const next = (schedule: Schedule, after: string) =>
  nextOccurrence(schedule, new Date(after))?.startsAt.toISOString()
const last = (schedule: Schedule) => lastOccurrence(schedule)?.startsAt.toISOString()
const year = { from: new Date('2026-01-01'), to: new Date('2027-01-01') }
const starts = (schedule: Schedule, max = 10) =>
  occurrencesBetween(schedule, { ...year, max }).map((one) => one.startsAt.toISOString())

describe('a meeting that is once', () => {
  it('is next until it ends', () => {
    const occurrence = { startsAt: once.startsAt, endsAt: new Date('2026-03-25T09:00:00.123Z') }
    expect(nextOccurrence(once, new Date('2026-01-01'))).toEqual(occurrence)
    expect(nextOccurrence(once, new Date('2026-03-25T09:00:00.122Z'))).toEqual(occurrence)
    expect(nextOccurrence(once, new Date('2026-03-25T09:00:00.123Z'))).toBeNull()
    expect(firstOccurrence(once)).toEqual(occurrence)
    expect(lastOccurrence(once)).toEqual(occurrence)
  })

  it('is in the span in which it begins', () => {
    const { startsAt } = once
    const later = new Date(startsAt.getTime() + 1)
    expect(occurrencesBetween(once, { from: startsAt, to: later, max: 5 })).toHaveLength(1)
    expect(occurrencesBetween(once, { from: new Date(0), to: startsAt, max: 5 })).toEqual([])
    expect(occurrencesBetween(once, { from: later, to: new Date('2030-01-01'), max: 5 })).toEqual([])
  })
})

describe('a meeting that comes again', () => {
  it('keeps its time of day when the clocks change', () => {
    expect(starts(repeated('FREQ=DAILY;COUNT=6'))).toEqual([
      '2026-03-25T08:00:00.000Z',
      '2026-03-26T08:00:00.000Z',
      '2026-03-27T08:00:00.000Z',
      '2026-03-28T08:00:00.000Z',
      '2026-03-29T07:00:00.000Z',
      '2026-03-30T07:00:00.000Z',
    ])
    expect(next(repeated('FREQ=WEEKLY;BYDAY=WE'), '2026-10-25T00:00:00Z')).toBe('2026-10-28T08:00:00.000Z')
  })

  it('keeps the day of the week of its zone, where that is another one than in UTC', () => {
    const schedule = repeated('FREQ=WEEKLY;BYDAY=MO', {
      startsAt: new Date('2026-03-01T23:30:00Z'),
      timeZone: 'Asia/Tokyo',
    })
    expect(next(schedule, '2026-03-03T00:00:00Z')).toBe('2026-03-08T23:30:00.000Z')
  })

  it('is left out on the day on which its time is skipped, as RFC 5545 says', () => {
    const schedule = repeated('FREQ=DAILY', { startsAt: new Date('2026-03-28T01:30:00Z') })
    expect(starts(schedule, 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-30T00:30:00.000Z',
      '2026-03-31T00:30:00.000Z',
    ])
  })

  it('is next while it is on, and then the one after', () => {
    const daily = repeated('FREQ=DAILY')
    expect(next(daily, '2020-01-01T00:00:00Z')).toBe('2026-03-25T08:00:00.000Z')
    expect(next(daily, '2026-03-26T08:59:59.999Z')).toBe('2026-03-26T08:00:00.000Z')
    expect(next(daily, '2026-03-26T09:00:00.000Z')).toBe('2026-03-27T08:00:00.000Z')
    expect(nextOccurrence(daily, new Date('2026-03-26T09:00:00Z'))?.endsAt).toEqual(
      new Date('2026-03-27T09:00:00Z'),
    )
  })

  it('keeps the milliseconds of its start', () => {
    const schedule = repeated('FREQ=DAILY;COUNT=3', { startsAt: once.startsAt })
    expect(nextOccurrence(schedule, new Date(0))?.startsAt).toEqual(once.startsAt)
    expect(next(schedule, '2026-03-26T09:00:00.122Z')).toBe('2026-03-26T08:00:00.123Z')
    expect(next(schedule, '2026-03-26T09:00:00.123Z')).toBe('2026-03-27T08:00:00.123Z')
    expect(last(schedule)).toBe('2026-03-27T08:00:00.123Z')
  })

  it('can overlap itself', () => {
    const schedule = repeated('FREQ=DAILY;COUNT=3', { durationMinutes: 1440 })
    expect(starts(schedule)).toHaveLength(3)
  })

  it('begins on the first day that the rule names', () => {
    const schedule = repeated('FREQ=WEEKLY;BYDAY=MO;COUNT=2')
    expect(firstOccurrence(schedule)?.startsAt.toISOString()).toBe('2026-03-30T07:00:00.000Z')
    expect(last(schedule)).toBe('2026-04-06T07:00:00.000Z')
  })

  it('ends with its count', () => {
    const schedule = repeated('FREQ=WEEKLY;BYDAY=WE;COUNT=10')
    expect(last(schedule)).toBe('2026-05-27T07:00:00.000Z')
    expect(next(schedule, '2026-05-27T07:59:00Z')).toBe('2026-05-27T07:00:00.000Z')
    expect(next(schedule, '2026-05-27T08:00:00Z')).toBeUndefined()
    expect(last(repeated('FREQ=DAILY;COUNT=730'))).toBe('2028-03-23T08:00:00.000Z')
  })

  it.each([
    ['FREQ=DAILY;BYDAY=WE;COUNT=730', '2040-03-14T08:00:00.000Z'],
    ['FREQ=DAILY;BYMONTHDAY=25;COUNT=400', '2059-06-25T07:00:00.000Z'],
    ['FREQ=MONTHLY;BYMONTHDAY=31;COUNT=300', '2068-12-31T08:00:00.000Z'],
    ['FREQ=WEEKLY;BYMONTH=3;COUNT=200', '2071-03-25T08:00:00.000Z'],
  ])('is counted to its end when that is far away: %s', (recurrence, end) => {
    expect(last(repeated(recurrence))).toBe(end)
  })

  it.each([
    ['20260401', '2026-04-01T07:00:00.000Z'],
    ['20260401T070000Z', '2026-04-01T07:00:00.000Z'],
    ['20260401T065959Z', '2026-03-31T07:00:00.000Z'],
    ['20260401T090000', '2026-04-01T07:00:00.000Z'],
    ['20260401T085959', '2026-03-31T07:00:00.000Z'],
  ])('ends on the day or at the time that UNTIL=%s says, in its zone', (until, end) => {
    expect(last(repeated(`FREQ=DAILY;UNTIL=${until}`))).toBe(end)
  })

  it('tells calendars the end as an instant', () => {
    expect(ruleOf(repeated('FREQ=DAILY;UNTIL=20260401'))).toBe('FREQ=DAILY;UNTIL=20260401T215959Z')
    expect(ruleOf(repeated('FREQ=DAILY;UNTIL=20260401T090000'))).toBe('FREQ=DAILY;UNTIL=20260401T070000Z')
    expect(ruleOf(repeated('FREQ=DAILY;COUNT=3'))).toBe('FREQ=DAILY;COUNT=3')
  })

  it('has no last time when there is no end to it', () => {
    expect(lastOccurrence(repeated('FREQ=WEEKLY;BYDAY=WE'))).toBeNull()
    expect(next(repeated('FREQ=WEEKLY;BYDAY=WE'), '2066-01-01T00:00:00Z')).toBe('2066-01-06T08:00:00.000Z')
  })

  it('gives no more occurrences than are asked for', () => {
    expect(starts(repeated('FREQ=DAILY'), 4)).toHaveLength(4)
    expect(starts(repeated('FREQ=DAILY'), 0)).toHaveLength(0)
  })
})

describe('a rule made to keep the process busy', () => {
  const rules = [
    'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;BYMONTHDAY=31;BYMONTH=2,4,6,9,11',
    'FREQ=DAILY;INTERVAL=7;BYDAY=MO',
    'FREQ=DAILY;INTERVAL=99;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO',
    'FREQ=MONTHLY;INTERVAL=12;BYMONTH=4',
    'FREQ=YEARLY;INTERVAL=99;BYMONTH=2;BYMONTHDAY=30',
    'FREQ=MONTHLY;INTERVAL=99;BYMONTHDAY=31;BYMONTH=2',
    'FREQ=MONTHLY;BYMONTHDAY=1;BYSETPOS=5',
    'FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1',
  ]
  const ends = ['', ';COUNT=730', ';UNTIL=29990101']

  // Unbounded, the second of them takes most of a minute.
  it.each(rules.flatMap((rule) => ends.map((end) => rule + end)))(
    '%s never comes, and is soon done',
    (rule) => {
      const schedule = repeated(rule)
      const begun = process.cpuUsage()
      expect(nextOccurrence(schedule, new Date('2026-05-01'))).toBeNull()
      expect(lastOccurrence(schedule)).toBeNull()
      expect(occurrencesBetween(schedule, { ...year, max: 100 })).toEqual([])
      expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000)
    },
  )

  it.each([
    'FREQ=YEARLY;INTERVAL=99;COUNT=730',
    'FREQ=YEARLY;INTERVAL=99;UNTIL=99991231',
    'FREQ=YEARLY;COUNT=730',
  ])('%s is followed no further than 50 years', (rule) => {
    const begun = process.cpuUsage()
    const schedule = repeated(rule)
    expect(lastOccurrence(schedule)?.startsAt.getUTCFullYear()).toBeLessThan(2077)
    expect(nextOccurrence(schedule, new Date('2080-01-01'))).toBeNull()
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(2000)
  })

  it('does not come again after 2199', () => {
    const begun = process.cpuUsage()
    const late = { startsAt: new Date('2199-03-01T08:00:00Z') }
    expect(next(repeated('FREQ=YEARLY', late), '2199-01-01T00:00:00Z')).toBe('2199-03-01T08:00:00.000Z')
    expect(next(repeated('FREQ=YEARLY', late), '2199-04-01T00:00:00Z')).toBeUndefined()
    expect(last(repeated('FREQ=YEARLY;COUNT=9', late))).toBe('2199-03-01T08:00:00.000Z')
    const tooLate = { startsAt: new Date('9999-03-01T08:00:00Z') }
    expect(next(repeated('FREQ=DAILY', tooLate), '2026-01-01T00:00:00Z')).toBeUndefined()
    expect(last(repeated('FREQ=DAILY;COUNT=2', tooLate))).toBeUndefined()
    expect(starts(repeated('FREQ=DAILY', tooLate))).toEqual([])
    expect(process.cpuUsage(begun).user / 1000).toBeLessThan(1000)
  })
})

describe('a time zone', () => {
  it('is any that a browser may have', () => {
    const log = vi.spyOn(console, 'error')
    const known = [...Intl.supportedValuesOf('timeZone'), 'UTC', 'Etc/UTC', 'Asia/Calcutta', 'europe/vienna']
    expect(known.filter((zone) => !isTimeZone(zone))).toEqual([])
    expect(log).not.toHaveBeenCalled()
  })

  it.each(['', 'Mars/Olympus', '+02:00', 'Europe/Vienna\r\nX:1', '../UTC', '__proto__'])(
    'is not %j',
    (text) => {
      expect(isTimeZone(text)).toBe(false)
    },
  )
})
