import { expect, test } from 'vitest'
import { createDates } from './dates.ts'

const MOMENT = '2026-11-21T23:30:00.000Z'

test('are in the zone and the language of the person', () => {
  const vienna = createDates({ language: 'de-AT', timeZone: 'Europe/Vienna' })
  expect(vienna.date(MOMENT)).toBe('22.11.2026')
  expect(vienna.time(MOMENT)).toBe('00:30')
  expect(vienna.day(MOMENT)).toBe('Sonntag, 22. November')
  const york = createDates({ language: 'en-US', timeZone: 'America/New_York' })
  expect(york.date(MOMENT)).toBe('Nov 21, 2026')
  expect(york.dateTime(MOMENT)).toMatch(/^Nov 21, 2026, 6:30\sPM$/)
})

test('are in those of the browser when it does not know the ones of the person', () => {
  const lost = createDates({ language: 'x', timeZone: 'Mars/Olympus' })
  expect(lost.date(MOMENT)).toContain('2026')
})

test.each([
  [20_000, 'now'],
  [-90_000, '1 minute ago'],
  [-7_200_000, '2 hours ago'],
  [-86_400_000, 'yesterday'],
  [-40 * 86_400_000, 'last month'],
  [3_600_000, 'in 1 hour'],
])('say how long ago something was: %i ms is %j', (ms, words) => {
  const { ago } = createDates({ language: 'de', timeZone: 'UTC' })
  const now = Date.parse(MOMENT)
  expect(ago(new Date(now + ms).toISOString(), now)).toBe(words.replace('now', ago(MOMENT, now)))
})
