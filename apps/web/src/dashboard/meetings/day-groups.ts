import type { MeetingListItem } from '@video-meet/protocol'
import { scheduleText } from '../../features/scheduling/text.ts'
import type { Dates } from '../../lib/dates.ts'
import { toLocalTime } from '../../lib/zoned-time.ts'
import { meetingsText } from './text.ts'

const DAY_MS = 86_400_000

export interface DayGroup {
  readonly title: string
  readonly items: readonly MeetingListItem[]
}

export interface Days {
  readonly dates: Pick<Dates, 'day'>
  readonly timeZone: string
  readonly nowMs?: number
}

/** Meetings by day, in the order in which they come; those that are on come first, those without a time last. */
export function groupByDay(meetings: readonly MeetingListItem[], days: Days): DayGroup[] {
  const live = meetings.filter(({ state }) => state === 'live')
  const others = meetings.filter(({ state }) => state !== 'live')
  const timed = new Map<string, MeetingListItem[]>()
  for (const meeting of others.filter(({ schedule }) => schedule !== null)) {
    const title = titleOf(meeting.at, days)
    timed.set(title, [...(timed.get(title) ?? []), meeting])
  }
  const untimed = others.filter(({ schedule }) => schedule === null)
  return [
    { title: meetingsText.states.live, items: live },
    ...[...timed].map(([title, items]) => ({ title, items })),
    { title: scheduleText.noTime, items: untimed },
  ].filter(({ items }) => items.length > 0)
}

function titleOf(iso: string, { dates, timeZone, nowMs = Date.now() }: Days): string {
  const dayOf = (time: string) => toLocalTime(time, timeZone).date
  const day = dayOf(iso)
  if (day === dayOf(new Date(nowMs).toISOString())) return meetingsText.today
  if (day === dayOf(new Date(nowMs + DAY_MS).toISOString())) return meetingsText.tomorrow
  return dates.day(iso)
}
