import { MeetingListItem } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { createDates } from '../../lib/dates.ts'
import { groupByDay } from './day-groups.ts'

const timeZone = 'Europe/Vienna'
const nowMs = Date.parse('2026-12-01T22:30:00Z')
let made = 0

function meeting(at: string, patch: Partial<MeetingListItem> = {}): MeetingListItem {
  return MeetingListItem.parse({
    id: `00000000-0000-4000-8000-${String(++made).padStart(12, '0')}`,
    code: 'abcd-efghjk-mnpq',
    title: at,
    state: 'open',
    link: 'https://meet.example.org/meeting/abcd-efghjk-mnpq',
    schedule: { startsAt: at, durationMinutes: 30, timeZone },
    nextStartsAt: at,
    at,
    relation: 'owner',
    organiser: 'Ana',
    answer: null,
    ...patch,
  })
}

it('groups by the days of the person: what is on first, what has no time last', () => {
  const groups = groupByDay(
    [
      meeting('2026-12-01T22:00:00.000Z', { schedule: null }),
      meeting('2026-12-01T22:45:00.000Z'),
      meeting('2026-12-01T23:15:00.000Z'),
      meeting('2026-12-05T09:00:00.000Z'),
      meeting('2026-12-06T09:00:00.000Z', { state: 'live' }),
    ],
    { dates: createDates({ language: 'en-GB', timeZone }), timeZone, nowMs },
  )
  expect(groups.map(({ title, items }) => [title, items.length])).toEqual([
    ['Live now', 1],
    ['Today', 1],
    ['Tomorrow', 1],
    ['Saturday 5 December', 1],
    ['Without a time', 1],
  ])
})
