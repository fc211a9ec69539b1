const DAY_MS = 86_400_000

/** A date and a time of day as fields of a form hold them. */
export interface LocalTime {
  /** `2026-12-01`. */
  readonly date: string
  /** `09:00`. */
  readonly time: string
}

/** What a clock in `timeZone` shows at `iso`. */
export function toLocalTime(iso: string, timeZone: string): LocalTime {
  const [date = '', time = ''] = clockAt(Date.parse(iso), timeZone).toISOString().split('T')
  return { date, time: time.slice(0, 5) }
}

/**
 * The instant at which a clock in `timeZone` shows `local`; the first of two in autumn, and of a time that is skipped in
 * spring the one that is as much later as the clock is put forward.
 *
 * @returns undefined when the fields hold no time
 */
export function fromLocalTime({ date, time }: LocalTime, timeZone: string): string | undefined {
  const wanted = Date.parse(`${date}T${time}:00.000Z`)
  if (Number.isNaN(wanted)) return undefined
  const offsetAt = (instant: number) => clockAt(instant, timeZone).getTime() - instant
  const [before, after] = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)]
  const offset = [before, after].find((it) => offsetAt(wanted - it) === it) ?? before
  return new Date(wanted - offset).toISOString()
}

/** A date whose UTC fields show the clock in `timeZone`. */
function clockAt(instant: number, timeZone: string): Date {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  const parts = Object.fromEntries(
    format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second))
}
