import type { ReactNode } from 'react'
import { browserTaste, createDates } from '../../lib/dates.ts'
import type { TooEarly } from './use-entry.ts'
import { useNow } from './use-now.ts'
import { WaitingHeading } from './waiting-heading.tsx'
import { waitingText } from './waiting-text.ts'

const DAY_MS = 86_400_000

/** When the meeting begins; the person comes in by themselves then. */
export function EarlyNotice({ early, actions }: { early: TooEarly; actions: ReactNode }) {
  const { opensAt, lost } = early
  return (
    <>
      <WaitingHeading>{opensAt === null ? waitingText.notStarted : openingText(opensAt)}</WaitingHeading>
      <p className="mt-2 text-soft">{isFarAway(opensAt) ? waitingText.comeBack : waitingText.stay}</p>
      {opensAt === null ? null : <Countdown until={opensAt} />}
      <p role="status" className="mt-3 font-medium">
        {lost ? waitingText.lost : null}
      </p>
      <div className="mt-5 flex flex-wrap gap-3">{actions}</div>
    </>
  )
}

function Countdown({ until }: { until: string }) {
  const left = Date.parse(until) - useNow()
  if (left <= 0 || left >= DAY_MS) return null
  return (
    <p
      role="timer"
      aria-label={waitingText.untilThen}
      className="mt-3 text-3xl font-semibold tracking-tight tabular-nums"
    >
      {clockText(left)}
    </p>
  )
}

/** So far that nobody waits for it. */
function isFarAway(opensAt: string | null): boolean {
  return opensAt !== null && Date.parse(opensAt) - Date.now() >= DAY_MS
}

function openingText(iso: string): string {
  const { time, day } = createDates(browserTaste())
  const isToday = day(iso) === day(new Date().toISOString())
  return isToday ? waitingText.opensAt(time(iso)) : waitingText.opensOn(day(iso), time(iso))
}

/** Such as "12:05" or "1:12:05". */
function clockText(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60].map((part) => String(part).padStart(2, '0'))
  const hours = Math.floor(seconds / 3600)
  return [...(hours > 0 ? [hours] : []), ...parts].join(':')
}
