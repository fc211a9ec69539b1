import ICAL from 'ical.js'

/** The answer of a calendar program to an invitation (RFC 5546, REPLY and COUNTER). */
export interface CalendarReply {
  readonly method: 'REPLY' | 'COUNTER'
  readonly uid: string
  /** Version of the entry that is answered. */
  readonly sequence: number
  /** When the answer was given. */
  readonly stamp: Date
  /** Who answers, as their calendar knows them; empty when it doesn't say. */
  readonly attendees: readonly { readonly address: string; readonly status: string }[]
  /** Start of the entry that is answered; of a COUNTER the proposed one. Null when it isn't named or can't be read. */
  readonly startsAt: Date | null
  readonly durationMinutes: number | null
  /** It answers one occurrence of a series. */
  readonly isOneOccurrence: boolean
  readonly comment: string
}

/** A real one has 2 to 10 kB. */
const MAX_LENGTH = 64 * 1024
const MAX_COMPONENTS = 40
const MAX_ATTENDEES = 20
const MAX_COMMENT = 500
/** Time zone rules are worked out year by year up to the date in question. */
const LAST_YEAR = 2100

/** The answer in an iCalendar text; null when there is none, or it is more than an answer has to be. */
export function readCalendarReply(text: string): CalendarReply | null {
  if (text.length > MAX_LENGTH) return null
  try {
    return readCalendar(new ICAL.Component(ICAL.parse(text) as never))
  } catch {
    // Not iCalendar: whatever a stranger attached.
    return null
  }
}

function readCalendar(calendar: ICAL.Component): CalendarReply | null {
  const method = String(calendar.getFirstPropertyValue('method')).toUpperCase()
  if (method !== 'REPLY' && method !== 'COUNTER') return null
  const event = calendar.getFirstSubcomponent('vevent')
  if (!event || calendar.getAllSubcomponents().length > MAX_COMPONENTS || !hasPlainZones(calendar))
    return null
  const uid = event.getFirstPropertyValue('uid')
  const stamp = timeOf(event, 'dtstamp')
  if (typeof uid !== 'string' || !stamp) return null
  const startsAt = timeOf(event, 'dtstart')
  const comment = event.getFirstPropertyValue('comment')
  return {
    method,
    uid,
    sequence: Number(event.getFirstPropertyValue('sequence') ?? 0),
    stamp,
    attendees: event
      .getAllProperties('attendee')
      .slice(0, MAX_ATTENDEES)
      .map((attendee) => ({
        address: String(attendee.getFirstValue()).replace(/^mailto:/i, ''),
        status: String(attendee.getParameter('partstat') ?? 'NEEDS-ACTION').toUpperCase(),
      })),
    startsAt,
    durationMinutes: durationOf(event, startsAt),
    isOneOccurrence: event.hasProperty('recurrence-id'),
    comment: typeof comment === 'string' ? comment.slice(0, MAX_COMMENT) : '',
  }
}

/** A rule by the second or the day would keep the process busy for minutes; clocks change once a year. */
function hasPlainZones(calendar: ICAL.Component): boolean {
  return calendar.getAllSubcomponents('vtimezone').every((zone) =>
    zone.getAllSubcomponents().every((change) => {
      const rules = change.getAllProperties('rrule').map((rule) => String(rule.getFirstValue()).toUpperCase())
      return rules.every(
        (rule) => rule.includes('FREQ=YEARLY') && !/BY(SECOND|MINUTE|HOUR|YEARDAY)/.test(rule),
      )
    }),
  )
}

/** The instant of a property; null when it is missing, a day without a time, or in a zone that isn't described. */
function timeOf(event: ICAL.Component, name: string): Date | null {
  const property = event.getFirstProperty(name)
  const time = property?.getFirstValue()
  if (!(time instanceof ICAL.Time) || time.isDate || time.year > LAST_YEAR) return null
  const isFloating = time.zone === ICAL.Timezone.localTimezone
  return isFloating ? null : time.toJSDate()
}

function durationOf(event: ICAL.Component, startsAt: Date | null): number | null {
  const duration = event.getFirstPropertyValue('duration')
  if (duration instanceof ICAL.Duration) return duration.toSeconds() / 60
  const endsAt = timeOf(event, 'dtend')
  return startsAt && endsAt ? (endsAt.getTime() - startsAt.getTime()) / 60_000 : null
}
