import { scheduleText } from './text.ts'

/** A recurrence as the fields of a form hold it. */
export type RecurrenceValues = {
  readonly repeat: string
  readonly ends: string
  readonly count: string
  readonly until: string
}

type Repeat = keyof typeof scheduleText.repeats

const RULES: Readonly<Record<Exclude<Repeat, 'never' | 'custom'>, string>> = {
  daily: 'FREQ=DAILY',
  weekdays: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR',
  weekly: 'FREQ=WEEKLY',
  biweekly: 'FREQ=WEEKLY;INTERVAL=2',
  monthly: 'FREQ=MONTHLY',
  yearly: 'FREQ=YEARLY',
}

/** The fields for an RRULE; what no field can say is kept as `custom`. */
export function recurrenceValues(recurrence: string | undefined): RecurrenceValues {
  const none = { repeat: 'never', ends: 'never', count: '10', until: '' }
  if (recurrence === undefined) return none
  const parts = recurrence.split(';')
  const rule = parts.filter((part) => !/^(COUNT|UNTIL)=/.test(part)).join(';')
  const repeat = Object.entries(RULES).find(([, text]) => text === rule)?.[0] ?? 'custom'
  const count = valueOf(parts, 'COUNT')
  const until = valueOf(parts, 'UNTIL')?.replace(/^(\d{4})(\d\d)(\d\d).*$/, '$1-$2-$3')
  if (count !== undefined) return { ...none, repeat, ends: 'count', count }
  if (until !== undefined) return { ...none, repeat, ends: 'until', until }
  return { ...none, repeat }
}

/**
 * The RRULE that the fields say.
 *
 * @param before what `custom` stands for
 */
export function recurrenceFrom(values: RecurrenceValues, before: string | undefined): string | undefined {
  const { repeat, ends, count, until } = values
  if (repeat === 'custom') return before
  const rule = repeat in RULES ? RULES[repeat as keyof typeof RULES] : undefined
  if (rule === undefined) return undefined
  if (ends === 'count') return `${rule};COUNT=${count.trim()}`
  if (ends === 'until' && until !== '') return `${rule};UNTIL=${until.replaceAll('-', '')}`
  return rule
}

/** A recurrence in words. */
export function recurrenceInWords(recurrence: string, dateOf: (iso: string) => string): string {
  const { repeat, ends, count, until } = recurrenceValues(recurrence)
  const words = repeat === 'custom' ? recurrence : scheduleText.repeats[repeat as Repeat]
  if (ends === 'count') return `${words}, ${count} times`
  return ends === 'until' ? `${words}, until ${dateOf(`${until}T12:00:00Z`)}` : words
}

function valueOf(parts: readonly string[], name: string): string | undefined {
  return parts.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1)
}
