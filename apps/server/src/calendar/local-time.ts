/*
 * Times of day in a zone. A recurrence is reckoned in local time, so that a meeting at nine stays at nine all year.
 */
const formats = new Map<string, Intl.DateTimeFormat>()

/** The clock in `timeZone` at `instant`, as a date whose UTC fields show it. */
export function toLocal(instant: Date, timeZone: string): Date {
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts
  return new Date(Date.UTC(year, month - 1, day, hour, minute, second, instant.getUTCMilliseconds()))
}

/**
 * The instant at which the clock in `timeZone` shows `local`. A time that is skipped in spring is as much later as the
 * clock is put forward; of a time that comes twice in autumn, it is the first.
 */
export function fromLocal(local: Date, timeZone: string): Date {
  const offsetAt = (time: number) => toLocal(new Date(time), timeZone).getTime() - time
  const wanted = local.getTime()
  // The offsets of the days around it: before a change of the clocks and after it.
  const [before, after] = [offsetAt(wanted - DAY_MS), offsetAt(wanted + DAY_MS)]
  for (const offset of [before, after]) {
    if (offsetAt(wanted - offset) === offset) return new Date(wanted - offset)
  }
  return new Date(wanted - before)
}

const DAY_MS = 86_400_000

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
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
  formats.set(timeZone, format)
  return format
}
