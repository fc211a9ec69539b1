import rrule, { type RRule as Rule } from 'rrule'
import { AppError } from '../platform/errors.ts'
import { fromLocal, toLocal } from './local-time.ts'

const { RRule } = rrule

/** When something is. `recurrence`: an RRULE (RFC 5545) without DTSTART, reckoned in `timeZone`. */
export interface Schedule {
  readonly startsAt: Date
  readonly durationMinutes: number
  readonly timeZone: string
  readonly recurrence?: string
}

export interface Occurrence {
  readonly startsAt: Date
  readonly endsAt: Date
}

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000
const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const PARTS: Readonly<Record<string, RegExp>> = {
  FREQ: new RegExp(`^(${FREQUENCIES.join('|')})$`),
  INTERVAL: /^[1-9]\d?$/,
  COUNT: /^[1-9]\d{0,2}$/,
  UNTIL: /^\d{8}(T\d{6}Z?)?$/,
  BYDAY: /^(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)(,(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)){0,6}$/,
  BYMONTHDAY: /^-?([1-9]|[12]\d|3[01])(,-?([1-9]|[12]\d|3[01])){0,30}$/,
  BYMONTH: /^([1-9]|1[0-2])(,([1-9]|1[0-2])){0,11}$/,
  BYSETPOS: /^-?[1-5]$/,
  WKST: /^(MO|SU)$/,
}
const MAX_COUNT = 730
const MAX_YEARS = 10

/** Rules are walked in windows of so many days. */
const WINDOW_DAYS = 800
/** Rules that have nothing in so many windows never have anything. */
const MAX_WINDOWS = 6

/**
 * A recurrence in normal form.
 *
 * @throws {AppError} `bad_request` with what to change
 */
export function readRecurrence(text: string): string {
  const parts = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .split(';')
  const given = new Map(parts.map((part) => part.split('=', 2) as [string, string | undefined]))
  if (given.size !== parts.length) throw unusable('each part may be there once')
  for (const [name, value] of given) {
    const pattern = PARTS[name]
    if (!pattern) throw unusable(`${name} is not understood; use ${Object.keys(PARTS).join(', ')}`)
    if (value === undefined || !pattern.test(value)) throw unusable(`${name} is not right`)
  }
  if (!given.has('FREQ')) throw unusable(`FREQ is missing: one of ${FREQUENCIES.join(', ')}`)
  if (given.has('COUNT') && given.has('UNTIL')) throw unusable('COUNT and UNTIL do not go together')
  if (given.get('FREQ') === 'YEARLY' && Number(given.get('INTERVAL') ?? 1) > MAX_YEARS)
    throw unusable(`INTERVAL is at most ${MAX_YEARS} years`)
  if (Number(given.get('COUNT') ?? 1) > MAX_COUNT) throw unusable(`COUNT is at most ${MAX_COUNT}`)
  return Object.keys(PARTS)
    .filter((name) => given.has(name))
    .map((name) => `${name}=${given.get(name)}`)
    .join(';')
}

/** Whether `text` names a time zone. */
export function isTimeZone(text: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** The first occurrence that is not over at `after`; null when all are. */
export function nextOccurrence(schedule: Schedule, after: Date): Occurrence | null {
  const from = new Date(after.getTime() - schedule.durationMinutes * MINUTE_MS)
  for (const startsAt of starts(schedule, from)) if (startsAt > from) return occurrence(schedule, startsAt)
  return null
}

/** The last occurrence; null when there is no end to them. */
export function lastOccurrence(schedule: Schedule): Occurrence | null {
  const { startsAt, timeZone, recurrence } = schedule
  if (recurrence === undefined) return occurrence(schedule, startsAt)
  if (!/(^|;)(COUNT|UNTIL)=/.test(recurrence)) return null
  let last = toLocal(startsAt, timeZone)
  for (const local of localStarts(schedule, startsAt)) last = local
  return occurrence(schedule, fromLocal(last, timeZone))
}

/** At most `max` occurrences that begin from `from` on and before `to`. */
export function occurrencesBetween(schedule: Schedule, { from, to, max }: Span): Occurrence[] {
  const found: Occurrence[] = []
  for (const startsAt of starts(schedule, from)) {
    if (startsAt >= to || found.length === max) break
    if (startsAt >= from) found.push(occurrence(schedule, startsAt))
  }
  return found
}

export interface Span {
  readonly from: Date
  readonly to: Date
  readonly max: number
}

/** Starts in order, from about `from` on. */
function* starts(schedule: Schedule, from: Date): Generator<Date> {
  const { startsAt, timeZone, recurrence } = schedule
  if (recurrence === undefined) return yield startsAt
  const earliest = toLocal(from, timeZone).getTime() - DAY_MS
  for (const local of localStarts(schedule, from))
    if (local.getTime() >= earliest) yield fromLocal(local, timeZone)
}

/** The same in local time. Walks in windows, so that no rule can keep the process busy for long. */
function* localStarts(schedule: Schedule, from: Date): Generator<Date> {
  const { startsAt, timeZone, recurrence = '' } = schedule
  const rule = ruleOf(schedule, recurrence)
  const first = toLocal(startsAt, timeZone)
  // RFC 5545: the first is DTSTART, even where the rule does not name it.
  yield first
  let lower = new Date(Math.max(first.getTime(), toLocal(from, timeZone).getTime() - DAY_MS))
  for (let empty = 0; empty < MAX_WINDOWS;) {
    const upper = new Date(lower.getTime() + WINDOW_DAYS * DAY_MS)
    const found = rule.between(lower, upper, true).filter((local) => local > first && local < upper)
    yield* found
    if (rule.options.until && upper > rule.options.until) return
    empty = found.length > 0 ? 0 : empty + 1
    lower = upper
  }
}

function ruleOf({ startsAt, timeZone }: Schedule, recurrence: string): Rule {
  const options = RRule.parseString(recurrence)
  // UNTIL is an instant; the rule is reckoned in local time. A date alone means all of that day.
  const dateOnly = /UNTIL=\d{8}(;|$)/.test(recurrence)
  const until =
    options.until &&
    (dateOnly ? new Date(options.until.getTime() + DAY_MS - 1) : toLocal(options.until, timeZone))
  return new RRule({ ...options, dtstart: toLocal(startsAt, timeZone), ...(until && { until }) })
}

function occurrence({ durationMinutes }: Schedule, startsAt: Date): Occurrence {
  return { startsAt, endsAt: new Date(startsAt.getTime() + durationMinutes * MINUTE_MS) }
}

function unusable(why: string): AppError {
  return new AppError('bad_request', `recurrence: ${why}.`)
}
