import type { MeetingSchedule } from '@video-meet/protocol'
import { firstOccurrence, nextOccurrence } from '../../calendar/schedule.ts'
import { AppError } from '../../platform/errors.ts'
import { toSchedule } from './invitation.ts'

/** A rule of one day a week, which can be another day instead. */
const ONE_WEEKDAY = /^(.*\bBYDAY=)(?:MO|TU|WE|TH|FR|SA|SU)(;.*)?$/

/**
 * The schedule that a meeting would have at a proposed time: it comes as often as before, a weekly one on the proposed day.
 *
 * @throws {AppError} `conflict` where there is no time that could be another; `bad_request` when the proposed one is over,
 *   is that of the meeting, or is on a day that its rule does not know
 */
export function proposedSchedule(
  proposal: MeetingSchedule,
  schedule: MeetingSchedule | null,
  now: Date,
): MeetingSchedule {
  if (!schedule) throw new AppError('conflict', 'This meeting has no time that could be another.')
  const { startsAt, durationMinutes } = proposal
  // Through the year it keeps its time of day where it was made, not where somebody proposed from.
  const time = { startsAt, durationMinutes, timeZone: schedule.timeZone }
  if (!nextOccurrence(toSchedule(time), now))
    throw new AppError('bad_request', 'proposal: this time is over. Propose one that is to come.')
  const isSame = Date.parse(time.startsAt) === Date.parse(schedule.startsAt)
  if (isSame && time.durationMinutes === schedule.durationMinutes)
    throw new AppError('bad_request', 'proposal: this is the time of the meeting already.')
  if (schedule.recurrence === undefined) return time
  const recurring = { ...time, recurrence: onDayOf(schedule.recurrence, time) }
  if (firstOccurrence(toSchedule(recurring))?.startsAt.getTime() !== Date.parse(time.startsAt))
    throw new AppError('bad_request', 'proposal: the meeting repeats. Propose a time on one of its days.')
  return recurring
}

function onDayOf(recurrence: string, { startsAt, timeZone }: MeetingSchedule): string {
  const [, before, after = ''] = (/\bFREQ=WEEKLY\b/.test(recurrence) && ONE_WEEKDAY.exec(recurrence)) || []
  if (before === undefined) return recurrence
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone }).format(new Date(startsAt))
  return `${before}${weekday.slice(0, 2).toUpperCase()}${after}`
}
