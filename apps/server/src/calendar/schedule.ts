/*
 * When something is. A recurrence is reckoned on the clock of its zone: a meeting at nine stays at nine all year.
 */
import { TZDate } from '@date-fns/tz'
import { RRuleTemporal } from 'rrule-temporal'
import { digitsOf, partsOf } from './recurrence.ts'
import { hasTimeZoneBlock } from './time-zone-block.ts'

export { readRecurrence } from './recurrence.ts'

export interface Schedule {
  /** The first occurrence; with a recurrence that does not name this day, the time from which on it is reckoned. */
  readonly startsAt: Date
  readonly durationMinutes: number
  /** IANA name. */
  readonly timeZone: string
  /** An RRULE as `readRecurrence` returns it. */
  readonly recurrence?: string
}

export interface Occurrence {
  readonly startsAt: Date
  readonly endsAt: Date
}

export interface Span {
  readonly from: Date
  /** Exclusive. */
  readonly to: Date
  /** At most so many occurrences. */
  readonly max: number
}

const MINUTE_MS = 60_000
/** No recurrence is looked at further ahead, */
const HORIZON_YEARS = 50
/** nor after this date: the clocks of each year until then have to be reckoned. */
const LAST_DATE = Date.UTC(2200, 0, 1)
/**
 * Days, weeks, months and years up to there. What has not come by then never comes: rules such as 30 February must not
 * keep the process busy.
 */
const MAX_STEPS: Readonly<Record<string, number>> = {
  DAILY: HORIZON_YEARS * 366,
  WEEKLY: HORIZON_YEARS * 53,
  MONTHLY: HORIZON_YEARS * 12 + 1,
  YEARLY: HORIZON_YEARS + 1,
}

/** Whether `text` names a time zone that clients of mail and calendars know too. */
export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).format() !== '' && hasTimeZoneBlock(text)
  } catch {
    return false
  }
}

/** The first occurrence that ends after `after`: the one that is on, or the next; null when all are over. */
export function nextOccurrence(schedule: Schedule, after: Date): Occurrence | null {
  const { startsAt, durationMinutes } = schedule
  const since = after.getTime() - durationMinutes * MINUTE_MS
  if (schedule.recurrence === undefined)
    return startsAt.getTime() > since ? occurrence(schedule, startsAt) : null
  return recurring(schedule).next(new Date(since))
}

/** The first occurrence of all; null when the rule names none. */
export function firstOccurrence(schedule: Schedule): Occurrence | null {
  const { startsAt, durationMinutes } = schedule
  return nextOccurrence(schedule, new Date(startsAt.getTime() + durationMinutes * MINUTE_MS - 1))
}

/** The last occurrence; null when there is no end to them, or none at all. */
export function lastOccurrence(schedule: Schedule): Occurrence | null {
  const { recurrence, startsAt } = schedule
  if (recurrence === undefined) return occurrence(schedule, startsAt)
  const parts = partsOf(recurrence)
  if (!parts.has('COUNT') && !parts.has('UNTIL')) return null
  return recurring(schedule).last()
}

/** At most `max` occurrences that begin from `from` on and before `to`. */
export function occurrencesBetween(schedule: Schedule, { from, to, max }: Span): Occurrence[] {
  const found: Occurrence[] = []
  let after = new Date(from.getTime() + schedule.durationMinutes * MINUTE_MS - 1)
  while (found.length < max) {
    const next = nextOccurrence(schedule, after)
    if (!next || next.startsAt >= to) break
    found.push(next)
    if (schedule.recurrence === undefined) break
    after = next.endsAt
  }
  return found
}

/** The RRULE as calendars want it: UNTIL as an instant, where the rule has one. */
export function ruleOf({ recurrence = '', timeZone }: Schedule): string {
  const parts = partsOf(recurrence)
  const until = parts.get('UNTIL')
  if (until !== undefined) parts.set('UNTIL', compact(untilOf(until, timeZone)))
  return [...parts].map(([name, value]) => `${name}=${value}`).join(';')
}

/** How to find the first occurrence, or the last, of a schedule with a recurrence. */
function recurring(schedule: Schedule): Recurring {
  return schedule.startsAt.getTime() > LAST_DATE ? NEVER : byRule(schedule)
}

interface Recurring {
  /** The first that starts after `since`. */
  next(since: Date): Occurrence | null
  last(): Occurrence | null
}

const NEVER: Recurring = { next: () => null, last: () => null }

function byRule(schedule: Schedule): Recurring {
  const { startsAt, timeZone } = schedule
  const parts = partsOf(schedule.recurrence ?? '')
  const end = horizonOf(startsAt)
  // Given an end, the library does not walk on into years of five digits.
  const bound = parts.has('COUNT') || parts.has('UNTIL') ? '' : `;UNTIL=${compact(new Date(end))}`
  const rule = new RRuleTemporal({
    rruleString: `DTSTART;TZID=${timeZone}:${localTime(startsAt, timeZone)}\nRRULE:${ruleOf(schedule)}${bound}`,
    maxIterations: maxSteps(parts),
  })
  // Rules know no parts of a second.
  const rest = startsAt.getTime() % 1000
  const toOccurrence = (found: Found | null | undefined) =>
    found && found.epochMilliseconds <= end
      ? occurrence(schedule, new Date(found.epochMilliseconds + rest))
      : null

  /** Counts from the first on, up to the first after `since`, or else to the last. */
  function count(since: number): { found: Found | undefined; last: Found | undefined } {
    let found: Found | undefined
    let last: Found | undefined
    withinSteps(() =>
      rule.all((each) => {
        if (each.epochMilliseconds > end) return false
        last = each
        if (each.epochMilliseconds > since) found = each
        return found === undefined
      }),
    )
    return { found, last }
  }

  return {
    next(since) {
      const whole = since.getTime() - rest
      if (whole >= end) return null
      // By itself, it takes no notice of the end here.
      if (parts.has('COUNT')) return toOccurrence(count(whole).found)
      return toOccurrence(withinSteps(() => rule.next(new Date(whole))))
    },
    last() {
      if (parts.has('COUNT')) return toOccurrence(count(Infinity).last)
      return toOccurrence(withinSteps(() => rule.previous(new Date(end), true)))
    },
  }
}

function maxSteps(parts: ReadonlyMap<string, string>): number {
  const steps = MAX_STEPS[parts.get('FREQ') ?? ''] ?? 0
  // A few more, as the library takes some to find its place.
  return Math.ceil(steps / Number(parts.get('INTERVAL') ?? 1)) + 5
}

/** What the library gives: a `Temporal.ZonedDateTime`. */
interface Found {
  readonly epochMilliseconds: number
}

function horizonOf(startsAt: Date): number {
  const horizon = new Date(startsAt)
  horizon.setUTCFullYear(startsAt.getUTCFullYear() + HORIZON_YEARS)
  return Math.min(horizon.getTime(), LAST_DATE)
}

/** What `search` finds; null when it gave up. */
function withinSteps<T>(search: () => T): T | null {
  try {
    return search()
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Maximum')) return null
    throw error
  }
}

function occurrence({ durationMinutes }: Schedule, startsAt: Date): Occurrence {
  return { startsAt, endsAt: new Date(startsAt.getTime() + durationMinutes * MINUTE_MS) }
}

/** A date alone means all of that day; a time without Z is one of the zone. */
function untilOf(text: string, timeZone: string): Date {
  const [year = 0, month = 1, day = 1, ...time] = digitsOf(text).filter(Boolean).map(Number)
  const [hour = 23, minute = 59, second = 59] = time
  if (text.endsWith('Z')) return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  return new Date(new TZDate(year, month - 1, day, hour, minute, second, timeZone).getTime())
}

function localTime(instant: Date, timeZone: string): string {
  const iso = new TZDate(instant, timeZone).toISOString()
  return iso.slice(0, 19).replaceAll(/[-:]/g, '')
}

/** `20261231T235959Z` */
function compact(instant: Date): string {
  return `${instant.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}
