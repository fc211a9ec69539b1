import type { MeetingSchedule } from '@video-meet/protocol'
import { fromLocalTime, toLocalTime } from '../../lib/zoned-time.ts'
import { recurrenceFrom, type RecurrenceValues, recurrenceValues } from './recurrence-values.ts'

/** A schedule as the fields of a form hold it. */
export type ScheduleValues = RecurrenceValues & {
  readonly date: string
  readonly time: string
  readonly durationMinutes: string
  readonly timeZone: string
}

const HOUR_MS = 3_600_000

/** The fields for `schedule`; without one, the next full hour in the person's zone. */
export function scheduleValues(
  schedule: MeetingSchedule | null,
  zone: string,
  nowMs = Date.now(),
): ScheduleValues {
  const timeZone = schedule?.timeZone ?? zone
  const next = new Date(Math.ceil((nowMs + 1) / HOUR_MS) * HOUR_MS).toISOString()
  return {
    ...toLocalTime(schedule?.startsAt ?? next, timeZone),
    durationMinutes: String(schedule?.durationMinutes ?? 45),
    timeZone,
    ...recurrenceValues(schedule?.recurrence),
  }
}

/** What the schema of a schedule is asked about. */
export function scheduleInput(values: ScheduleValues, before: MeetingSchedule | null): object {
  const recurrence = recurrenceFrom(values, before?.recurrence)
  return {
    startsAt: fromLocalTime(values, values.timeZone),
    durationMinutes: Number(values.durationMinutes),
    timeZone: values.timeZone,
    ...(recurrence !== undefined && { recurrence }),
  }
}
