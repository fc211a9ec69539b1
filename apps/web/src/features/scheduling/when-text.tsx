import type { MeetingSchedule } from '@video-meet/protocol'
import { useDates } from '../../store/use-dates.ts'
import { recurrenceInWords } from './recurrence-values.ts'
import { scheduleText } from './text.ts'

interface WhenProps {
  schedule: MeetingSchedule | null
  /** Of a recurring meeting, the occurrence that comes next. */
  startsAt?: string | null | undefined
}

/** When a meeting is, in the person's own zone. */
export function When({ schedule, startsAt }: WhenProps) {
  const dates = useDates()
  if (!schedule) return scheduleText.noTime
  const begin = startsAt ?? schedule.startsAt
  const end = new Date(Date.parse(begin) + schedule.durationMinutes * 60_000).toISOString()
  return (
    <>
      <time dateTime={begin}>{`${dates.day(begin)}, ${dates.time(begin)}–${dates.time(end)}`}</time>
      {schedule.recurrence === undefined ? null : (
        <span className="block text-sm text-soft">{recurrenceInWords(schedule.recurrence, dates.date)}</span>
      )}
    </>
  )
}
