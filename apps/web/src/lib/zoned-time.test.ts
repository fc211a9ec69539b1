import { describe, expect, it } from 'vitest'
import { fromLocalTime, toLocalTime } from './zoned-time.ts'

describe('a time of day in a zone', () => {
  it.each([
    ['2026-12-01', '09:00', 'Europe/Vienna', '2026-12-01T08:00:00.000Z'],
    ['2026-07-01', '09:00', 'Europe/Vienna', '2026-07-01T07:00:00.000Z'],
    ['2026-07-01', '00:30', 'America/New_York', '2026-07-01T04:30:00.000Z'],
    ['2026-07-01', '09:00', 'Asia/Kathmandu', '2026-07-01T03:15:00.000Z'],
  ])('%s %s in %s is %s, and back', (...[date, time, timeZone, iso]) => {
    expect(fromLocalTime({ date, time }, timeZone)).toBe(iso)
    expect(toLocalTime(iso, timeZone)).toEqual({ date, time })
  })

  it('that is skipped in spring is an hour later', () => {
    expect(fromLocalTime({ date: '2026-03-29', time: '02:30' }, 'Europe/Vienna')).toBe(
      '2026-03-29T01:30:00.000Z',
    )
  })

  it('that comes twice in autumn is the first of them', () => {
    expect(fromLocalTime({ date: '2026-10-25', time: '02:30' }, 'Europe/Vienna')).toBe(
      '2026-10-25T00:30:00.000Z',
    )
  })

  it('is none while a field is empty', () => {
    expect(fromLocalTime({ date: '', time: '09:00' }, 'UTC')).toBeUndefined()
  })
})
