/** Dates as a person writes them, in their zone. All take ISO 8601 in UTC. */
export interface Dates {
  /** Such as "21 Nov 2026". */
  readonly date: (iso: string) => string
  /** Such as "Saturday, 21 November". */
  readonly day: (iso: string) => string
  readonly time: (iso: string) => string
  readonly dateTime: (iso: string) => string
  /** Such as "3 hours ago": in the language of the app, as it stands inside its sentences. */
  readonly ago: (iso: string, nowMs?: number) => string
}

const STEPS = [
  ['year', 31_536_000_000],
  ['month', 2_592_000_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const

/** @param taste a language or zone that the browser does not know gives way to its own */
export function createDates(taste: { readonly language: string; readonly timeZone: string }): Dates {
  const language = known(() => new Intl.Locale(taste.language).baseName)
  const timeZone = known(
    () => new Intl.DateTimeFormat('en', { timeZone: taste.timeZone }).resolvedOptions().timeZone,
  )
  const format = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(language, { ...options, ...(timeZone && { timeZone }) })
    return (iso: string) => formatter.format(new Date(iso))
  }
  const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
  return {
    date: format({ dateStyle: 'medium' }),
    day: format({ weekday: 'long', day: 'numeric', month: 'long' }),
    time: format({ timeStyle: 'short' }),
    dateTime: format({ dateStyle: 'medium', timeStyle: 'short' }),
    ago(iso, nowMs = Date.now()) {
      const passed = Date.parse(iso) - nowMs
      const [unit, ms] = STEPS.find(([, step]) => Math.abs(passed) >= step) ?? (['second', 1000] as const)
      return relative.format(unit === 'second' ? 0 : Math.trunc(passed / ms), unit)
    },
  }
}

function known<T>(read: () => T): T | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}

/** Language and time zone of this browser. */
export function browserTaste(): { language: string; timeZone: string } {
  return {
    language: navigator.language,
    timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
  }
}
