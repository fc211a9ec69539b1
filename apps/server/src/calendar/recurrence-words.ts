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
const PLACES: Readonly<Record<string, string>> = {
  1: 'first',
  2: 'second',
  3: 'third',
  4: 'fourth',
  5: 'fifth',
  '-1': 'last',
}

/** A recurrence for people, such as `every week on Monday and Wednesday, 10 times`. */
export function recurrenceInWords(recurrence: string): string {
  const parts = new Map(recurrence.split(';').map((part) => part.split('=', 2) as [string, string]))
  const unit = UNITS[parts.get('FREQ') ?? ''] ?? 'day'
  const interval = Number(parts.get('INTERVAL') ?? 1)
  const every = interval === 1 ? `every ${unit}` : `every ${interval} ${unit}s`
  const days = parts.get('BYDAY')?.split(',').map(dayInWords)
  const on = days ? ` on ${listInWords(days)}` : ''
  const count = parts.get('COUNT')
  const until = parts.get('UNTIL')
  if (count !== undefined) return `${every}${on}, ${count} times`
  return until === undefined ? `${every}${on}` : `${every}${on}, until ${dateInWords(until)}`
}

function dayInWords(text: string): string {
  const [, place, day] = /^(-?\d)?([A-Z]{2})$/.exec(text) ?? []
  const name = DAYS[day ?? ''] ?? text
  return place === undefined ? name : `the ${PLACES[place] ?? place} ${name}`
}

function listInWords(words: readonly string[]): string {
  return words.length < 2 ? words.join() : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

function dateInWords(until: string): string {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(until) ?? []
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
}
