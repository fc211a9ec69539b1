import { lastOccurrence, nextOccurrence, type Occurrence } from '../../calendar/schedule.ts'
import { type StoredMeeting, toSchedule } from './meeting.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS
/** How often a meeting that is on is looked at. */
const LIVE_LOOK_MS = 3 * MINUTE_MS
/** From so long before its start on, a call is the meeting and no test of the link. */
const EARLY_MS = 15 * MINUTE_MS

type Timed = Pick<
  StoredMeeting,
  'state' | 'schedule' | 'policy' | 'createdAt' | 'startedAt' | 'endedAt' | 'updatedAt'
>

/** What follows from a meeting's times at a moment. */
export interface Timing {
  readonly nextStartsAt: Date | null
  /** Its place in lists. */
  readonly at: Date
  readonly past: boolean
  /** When to look at it again; null: never. */
  readonly dueAt: Date | null
  readonly remindAt: Date | null
}

export interface Moment {
  readonly now: Date
  /** Whether someone is in the meeting. */
  readonly live: boolean
  /** Minutes before a start at which those invited are reminded; 0: not at all. */
  readonly reminderMinutes: number
}

export function timingOf(meeting: Timed, moment: Moment): Timing {
  const schedule = meeting.schedule && toSchedule(meeting.schedule)
  const next = schedule && nextOccurrence(schedule, moment.now)
  const shown = next ?? (schedule && lastOccurrence(schedule))
  const nextStartsAt = shown?.startsAt ?? null
  const at = nextStartsAt ?? meeting.createdAt
  return { nextStartsAt, at, ...(meeting.state === 'open' ? ahead(meeting, next, moment) : behind(meeting)) }
}

type Prospect = Pick<Timing, 'past' | 'dueAt' | 'remindAt'>

/** Of a meeting that is over. */
function behind({ endedAt, updatedAt, policy }: Timed): Prospect {
  const over = (endedAt ?? updatedAt).getTime()
  return { past: true, dueAt: new Date(over + policy.retentionDays * DAY_MS), remindAt: null }
}

/** Of one that is open. */
function ahead(meeting: Timed, next: Occurrence | null, { now, live, reminderMinutes }: Moment): Prospect {
  const remindAt = nextReminder(meeting, now, reminderMinutes)
  if (live) return { past: false, dueAt: liveLook(meeting, now), remindAt }
  if (next) return { past: false, dueAt: next.endsAt, remindAt }
  return { past: meeting.schedule !== null, dueAt: expiryOf(meeting), remindAt }
}

/** Until when one can come back to a meeting, or come at all to one without a time; null: there is no end to it. */
export function expiryOf({ schedule, policy, createdAt, startedAt, endedAt }: Timed): Date | null {
  const last = schedule && lastOccurrence(toSchedule(schedule))
  if (schedule && !last) return null
  const over = Math.max(last?.endsAt.getTime() ?? 0, (endedAt ?? startedAt ?? createdAt).getTime())
  return new Date(over + policy.expiresAfterHours * HOUR_MS)
}

/** When a scheduled meeting opens that is not open all the time; null: it is. */
export function opensAt({ schedule, policy }: Pick<Timed, 'schedule' | 'policy'>, now: Date): Date | null {
  const next = schedule && nextOccurrence(toSchedule(schedule), now)
  if (!next || policy.opensMinutesBefore === null) return null
  return new Date(next.startsAt.getTime() - policy.opensMinutesBefore * MINUTE_MS)
}

/** Whether the meeting is again after the occurrence that is on, or just was. */
export function comesAgain({ schedule }: Pick<Timed, 'schedule'>, now: Date): boolean {
  const next = schedule && nextOccurrence(toSchedule(schedule), now)
  if (!schedule || !next) return false
  const isOn = next.startsAt.getTime() <= now.getTime() + EARLY_MS
  return !isOn || nextOccurrence(toSchedule(schedule), next.endsAt) !== null
}

/** When the call has lasted as long as it may; null: it may last. */
export function timeUpAt({ policy, startedAt }: Pick<Timed, 'policy' | 'startedAt'>): Date | null {
  if (policy.maxMinutes === null || startedAt === null) return null
  return new Date(startedAt.getTime() + policy.maxMinutes * MINUTE_MS)
}

function liveLook(meeting: Timed, now: Date): Date {
  const look = now.getTime() + LIVE_LOOK_MS
  return new Date(Math.min(look, Math.max(timeUpAt(meeting)?.getTime() ?? look, now.getTime())))
}

/**
 * The first reminder after `now`. Each occurrence has its own: with a day's notice, a daily meeting reminds of the next
 * occurrence while the one before is on.
 */
function nextReminder({ schedule }: Timed, now: Date, minutes: number): Date | null {
  if (!schedule || minutes === 0) return null
  const noticeMs = minutes * MINUTE_MS
  const soonest = new Date(now.getTime() + noticeMs)
  const next = nextOccurrence(toSchedule(schedule), soonest)
  const reminded = next && next.startsAt <= soonest ? nextOccurrence(toSchedule(schedule), next.endsAt) : next
  return reminded && reminded.startsAt > soonest ? new Date(reminded.startsAt.getTime() - noticeMs) : null
}

/** The occurrence that the reminder at `remindAt` is about. */
export function remindedOccurrence(
  { schedule }: Pick<Timed, 'schedule'>,
  remindAt: Date,
  minutes: number,
): Occurrence | null {
  const startsAt = new Date(remindAt.getTime() + minutes * MINUTE_MS)
  return schedule && nextOccurrence(toSchedule(schedule), startsAt)
}
