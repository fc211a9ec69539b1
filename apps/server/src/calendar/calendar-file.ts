import { TZDate } from '@date-fns/tz'
import {
  ICalAlarmType,
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalAttendeeType,
  ICalCalendar,
  ICalCalendarMethod,
  type ICalEvent,
  ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator'
import { firstOccurrence, ruleOf, type Schedule } from './schedule.ts'
import { timeZoneBlock } from './time-zone-block.ts'

export interface Attendee {
  readonly name?: string | undefined
  readonly address: string
  readonly status: 'needs-action' | 'accepted' | 'declined' | 'tentative'
}

export interface CalendarEntry {
  /** `REQUEST` invites, or tells what has changed; `CANCEL` takes back; `PUBLISH` is for one's own calendar. */
  readonly method: 'REQUEST' | 'CANCEL' | 'PUBLISH'
  /** The same for all versions of the entry. */
  readonly uid: string
  /** Grows with each version. */
  readonly sequence: number
  readonly title: string
  readonly description: string
  /** Where the meeting is. */
  readonly url: string
  readonly schedule: Schedule
  /** Calendar programs send answers to this address. */
  readonly organizer: { readonly name: string; readonly address: string }
  /** Whether answers from calendar programs are read at the organizer's address. */
  readonly takesReplies: boolean
  /** Not part of a `PUBLISH`. */
  readonly attendees: readonly Attendee[]
  readonly now: Date
}

const ALARM_SECONDS = 600
const STATUSES = {
  'needs-action': ICalAttendeeStatus.NEEDSACTION,
  accepted: ICalAttendeeStatus.ACCEPTED,
  declined: ICalAttendeeStatus.DECLINED,
  tentative: ICalAttendeeStatus.TENTATIVE,
} as const

/** An iCalendar file (RFC 5545, RFC 5546) with one entry, its times in the zone of the schedule. */
export function calendarFile(entry: CalendarEntry): string {
  const { method, schedule } = entry
  const calendar = new ICalCalendar({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Video Meet', product: 'Video Meet', language: 'EN' },
    // Without a name: the times that are not of the meeting stay in UTC.
    timezone: { name: null, generator: timeZoneBlock },
  })
  const startsAt = firstOccurrence(schedule)?.startsAt ?? schedule.startsAt
  const endsAt = new Date(startsAt.getTime() + schedule.durationMinutes * 60_000)
  const inZone = (time: Date) => new TZDate(time, schedule.timeZone)
  const event = calendar.createEvent({
    id: line(entry.uid),
    sequence: entry.sequence,
    stamp: entry.now,
    timezone: schedule.timeZone,
    start: inZone(startsAt),
    end: inZone(endsAt),
    repeating: schedule.recurrence === undefined ? null : `RRULE:${ruleOf(schedule)}`,
    summary: line(entry.title),
    description: withoutControls(entry.description),
    location: line(entry.url),
    url: line(entry.url),
    organizer: { name: line(entry.organizer.name), email: line(entry.organizer.address) },
    status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: method === 'CANCEL' ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
  })
  if (method !== 'PUBLISH') addAttendees(event, entry)
  if (method !== 'CANCEL')
    event.createAlarm({
      type: ICalAlarmType.display,
      triggerBefore: ALARM_SECONDS,
      description: line(entry.title),
    })
  return `${calendar.toString().trimEnd()}\r\n`
}

function addAttendees(event: ICalEvent, { method, attendees, takesReplies }: CalendarEntry): void {
  for (const { name, address, status } of attendees)
    event.createAttendee({
      ...(name !== undefined && { name: line(name) }),
      email: line(address),
      status: STATUSES[status],
      role: ICalAttendeeRole.REQ,
      type: ICalAttendeeType.INDIVIDUAL,
      rsvp: takesReplies && method === 'REQUEST',
    })
}

/** Without anything that could begin a line of its own. */
const line = (text: string) => withoutControls(text).replaceAll(/\s+/gu, ' ').trim()

/** Calendars take no control characters but the end of a line. */
const withoutControls = (text: string) => text.replaceAll(/\r\n?/g, '\n').replaceAll(/(?!\n)\p{Cc}/gu, ' ')
