import { AppError } from '../platform/errors.ts'

const FREQUENCIES = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY']
const MAX_COUNT = 730

/** The parts of a rule that may be used, in the order of the normal form: what each looks like, and in words. */
const PARTS: Readonly<Record<string, readonly [pattern: RegExp, words: string]>> = {
  FREQ: [new RegExp(`^(${FREQUENCIES.join('|')})$`), `one of ${FREQUENCIES.join(', ')}`],
  INTERVAL: [/^[1-9]\d?$/, 'a number from 1 to 99'],
  COUNT: [/^[1-9]\d{0,2}$/, `a number from 1 to ${MAX_COUNT}`],
  UNTIL: [/^\d{8}(T\d{6}Z?)?$/, 'a date such as 20261231 or a time such as 20261231T235959Z'],
  BYMONTH: [listOf('([1-9]|1[0-2])', 12), 'months from 1 to 12'],
  BYMONTHDAY: [
    listOf('-?([1-9]|[12]\\d|3[01])', 31),
    'days from 1 to 31, or from -31 to -1 to count from the end',
  ],
  BYDAY: [
    listOf('(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)', 7),
    'up to seven days such as MO, or such as 2TU and -1FR in a month',
  ],
  BYSETPOS: [listOf('-?([1-9]|[12]\\d|3[01])', 5), 'up to five numbers from 1 to 31, or from -31 to -1'],
  WKST: [/^(MO|TU|WE|TH|FR|SA|SU)$/, 'a day such as MO'],
}

/**
 * The value of an RRULE (RFC 5545), with or without `RRULE:` before it, in normal form.
 *
 * @throws {AppError} `bad_request` with what to change
 */
export function readRecurrence(text: string): string {
  const given = partsOf(text)
  for (const [name, value] of given) {
    const [pattern, words] = PARTS[name] ?? []
    if (!pattern) throw unusable(`${quoted(name)} is not understood; use ${Object.keys(PARTS).join(', ')}`)
    if (!pattern.test(value)) throw unusable(`${name} has to be ${words}`)
  }
  checkTogether(given)
  return Object.keys(PARTS)
    .filter((name) => given.has(name))
    .map((name) => `${name}=${given.get(name)}`)
    .join(';')
}

/** The parts of a rule by their names. */
export function partsOf(text: string): Map<string, string> {
  const parts = text
    .trim()
    .toUpperCase()
    .replace(/^RRULE:/, '')
    .replace(/;$/, '')
    .split(';')
    .map((part): [string, string] => {
      const at = part.indexOf('=')
      return at === -1 ? [part, ''] : [part.slice(0, at), part.slice(at + 1)]
    })
  const given = new Map(parts)
  if (given.size !== parts.length) throw unusable('each part may be there once')
  return given
}

function checkTogether(given: ReadonlyMap<string, string>): void {
  const frequency = given.get('FREQ')
  if (frequency === undefined) throw unusable(`FREQ is missing: one of ${FREQUENCIES.join(', ')}`)
  checkEnd(given)
  if (frequency === 'WEEKLY' && given.has('BYMONTHDAY'))
    throw unusable('BYMONTHDAY does not go with FREQ=WEEKLY; use FREQ=MONTHLY')
  const inMonths = ['MONTHLY', 'YEARLY'].includes(frequency)
  if (!inMonths && /\d/.test(given.get('BYDAY') ?? ''))
    throw unusable('BYDAY with a number, such as 2TU, goes with FREQ=MONTHLY or FREQ=YEARLY')
  if (!given.has('BYSETPOS')) return
  if (!inMonths) throw unusable('BYSETPOS goes with FREQ=MONTHLY or FREQ=YEARLY')
  if (!['BYDAY', 'BYMONTHDAY', 'BYMONTH'].some((name) => given.has(name)))
    throw unusable('BYSETPOS needs BYDAY, BYMONTHDAY or BYMONTH to choose from')
}

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * Refuses rules that never match, such as 30 February, and days of the month one day at a time: searching these in vain costs
 * hundreds of milliseconds, again at every join.
 *
 * @param recurrence as `readRecurrence` returns it
 * @throws {AppError} `bad_request`
 */
export function assertCanOccur(recurrence: string): void {
  const given = partsOf(recurrence)
  const days = given.get('BYMONTHDAY')?.split(',').map(Number)
  if (!days) return
  if (given.get('FREQ') === 'DAILY')
    throw unusable('BYMONTHDAY does not go with FREQ=DAILY; use FREQ=MONTHLY')
  const months = given.get('BYMONTH')?.split(',').map(Number)
  const lengths = months?.map((month) => LONGEST_MONTHS[month - 1] ?? 0) ?? LONGEST_MONTHS
  const isPossible = lengths.some((length) => days.some((day) => Math.abs(day) <= length))
  if (!isPossible) throw unusable('no month in BYMONTH has one of the days in BYMONTHDAY')
}

function checkEnd(given: ReadonlyMap<string, string>): void {
  const until = given.get('UNTIL')
  if (given.has('COUNT') && until !== undefined) throw unusable('COUNT and UNTIL do not go together')
  if (Number(given.get('COUNT') ?? 1) > MAX_COUNT) throw unusable(`COUNT is at most ${MAX_COUNT}`)
  if (until !== undefined && !isDate(until)) throw unusable(`there is no ${until}, which UNTIL says`)
}

function isDate(text: string): boolean {
  const [year, month, day, hour = '00', minute = '00', second = '00'] = digitsOf(text)
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`
  const time = Date.parse(iso)
  return !Number.isNaN(time) && new Date(time).toISOString() === iso
}

/** Year, month, day, hour, minute and second of `20261231T235959Z`; of a date, the first three. */
export function digitsOf(text: string): string[] {
  return /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d))?/.exec(text)?.slice(1) ?? []
}

function listOf(item: string, max: number): RegExp {
  return new RegExp(`^${item}(,${item}){0,${max - 1}}$`)
}

const quoted = (text: string) => JSON.stringify(text.slice(0, 20))

function unusable(why: string): AppError {
  return new AppError('bad_request', `recurrence: ${why}.`)
}
