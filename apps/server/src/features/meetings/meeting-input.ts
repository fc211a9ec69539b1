import type {
  createMeeting,
  MeetingPolicy,
  MeetingSchedule,
  PolicyChange,
  updateMeeting,
} from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { assertCanOccur } from '../../calendar/recurrence.ts'
import { nextOccurrence, readRecurrence } from '../../calendar/schedule.ts'
import { AppError } from '../../platform/errors.ts'
import { type StoredMeeting, toSchedule } from './meeting.ts'

export type NewMeetingInput = z.output<typeof createMeeting.body>
export type MeetingUpdateInput = z.output<typeof updateMeeting.body>

/** As clocks of browsers differ, a start that has just passed is no mistake. */
const PAST_GRACE_MS = 5 * 60_000

/**
 * A schedule with its recurrence in normal form.
 *
 * @throws {AppError} `bad_request` when no meeting would come of it any more
 */
export function checkedSchedule(schedule: MeetingSchedule, now: Date): MeetingSchedule {
  const { recurrence, ...given } = schedule
  // One way to write an instant, so that others can compare it.
  const rest = { ...given, startsAt: new Date(given.startsAt).toISOString() }
  const rule = recurrence === undefined ? undefined : readRecurrence(recurrence)
  if (rule !== undefined) assertCanOccur(rule)
  const checked = { ...rest, ...(rule !== undefined && { recurrence: rule }) }
  if (!nextOccurrence(toSchedule(checked), new Date(now.getTime() - PAST_GRACE_MS)))
    throw new AppError('bad_request', 'schedule: this time is over. Choose one that is to come.')
  return checked
}

/** `policy` with what `change` says otherwise. */
export function changedPolicy(policy: MeetingPolicy, change: PolicyChange | undefined): MeetingPolicy {
  const said = Object.entries(change ?? {}).filter(([, value]) => value !== undefined)
  return { ...policy, ...Object.fromEntries(said) }
}

/** The changed parts of a meeting that invited people care about. */
export function changedForInvitees(
  before: StoredMeeting,
  after: StoredMeeting,
): ('title' | 'schedule' | 'description')[] {
  const parts = ['title', 'schedule', 'description'] as const
  return parts.filter((part) =>
    part === 'schedule' ? !isSameSchedule(before.schedule, after.schedule) : before[part] !== after[part],
  )
}

/** Whether two schedules mean the same, however their instants, time zones and rules are written. */
export function isSameSchedule(one: MeetingSchedule | null, other: MeetingSchedule | null): boolean {
  if (!one || !other) return one === other
  return (
    Date.parse(one.startsAt) === Date.parse(other.startsAt) &&
    one.durationMinutes === other.durationMinutes &&
    zoneOf(one) === zoneOf(other) &&
    ruleOf(one) === ruleOf(other)
  )
}

/** Zones have several names: Asia/Calcutta is Asia/Kolkata. */
function zoneOf({ timeZone }: MeetingSchedule): string {
  return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone
}

function ruleOf({ recurrence }: MeetingSchedule): string | null {
  if (recurrence === undefined) return null
  try {
    return readRecurrence(recurrence)
  } catch {
    // A meeting can be older than a check of rules.
    return recurrence
  }
}
