const UNITS: Readonly<Record<string, string>> = {
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
}
const DAYS: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
}
const PLACES = ['', 'first', 'second', 'third', 'fourth', 'fifth']
const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd' }
const ordinals = new Intl.PluralRules('en', { type: 'ordinal' })

/** A recurrence for people, such as `every week on Monday and Wednesday, 10 times`. */
export function recurrenceInWords(recurrence: string): string {
  const parts = new Map(recurrence.split(';').map((part) => part.split('=', 2) as [string, string]))
  const unit = UNITS[parts.get('FREQ') ?? ''] ?? 'day'
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const every = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`
  return [every, ...daysInWords(parts)].join(' ') + endInWords(parts)
}

function daysInWords(parts: ReadonlyMap<string, string>): string[] {
  const listOf = (name: string, inWords: (text: string) => string) =>
    parts.has(name) ? listInWords((parts.get(name) ?? '').split(',').map(inWords)) : undefined
  const days = [listOf('BYDAY', dayInWords), listOf('BYMONTHDAY', dayOfMonthInWords)].filter(Boolean)
  const months = listOf('BYMONTH', monthInWords)
  const which = listOf('BYSETPOS', (place) => `the ${placeInWords(Number(place))}`)
  const on = [...(which === undefined ? [] : [which]), ...(days.length > 0 ? [days.join(', ')] : [])].join(
    ' of ',
  )
  return [...(on === '' ? [] : [`on ${on}`]), ...(months === undefined ? [] : [`in ${months}`])]
}

function endInWords(parts: ReadonlyMap<string, string>): string {
  const count = parts.get('COUNT')
  const until = parts.get('UNTIL')
  if (count !== undefined) return count === '1' ? ', once' : `, ${count} times`
  return until === undefined ? '' : `, until ${dateInWords(until)}`
}

function dayInWords(text: string): string {
  const [, place, day] = /^(-?\d)?([A-Z]{2})$/.exec(text) ?? []
  const name = DAYS[day ?? ''] ?? text
  return place === undefined ? name : `the ${placeInWords(Number(place))} ${name}`
}

function dayOfMonthInWords(text: string): string {
  const day = Number(text)
  return day < 0 ? `the ${placeInWords(day)} day` : `the ${ordinal(day)}`
}

function monthInWords(text: string): string {
  const month = new Date(Date.UTC(2026, Number(text) - 1))
  return new Intl.DateTimeFormat('en-GB', { month: 'long', timeZone: 'UTC' }).format(month)
}

function placeInWords(place: number): string {
  if (place === -1) return 'last'
  const words = PLACES[Math.abs(place)] ?? ordinal(Math.abs(place))
  return place < 0 ? `${words} to last` : words
}

function ordinal(number: number): string {
  return `${number}${ENDINGS[ordinals.select(number)] ?? 'th'}`
}

function listInWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function dateInWords(until: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(until) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}
