import { describe, expect, it } from 'vitest'
import { readCalendarReply } from './calendar-reply.ts'

const OUTLOOK_ZONE = (daylightRule: string) => [
  'BEGIN:VTIMEZONE',
  'TZID:W. Europe Standard Time',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  `RRULE:${daylightRule}`,
  'END:DAYLIGHT',
  'END:VTIMEZONE',
]
const YEARLY = 'FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3'

function calendar(method: string, event: readonly string[], zone: readonly string[] = []): string {
  const head = ['BEGIN:VCALENDAR', 'PRODID:-//test//EN', 'VERSION:2.0', `METHOD:${method}`]
  const lines = [...head, ...zone, 'BEGIN:VEVENT', ...event, 'END:VEVENT', 'END:VCALENDAR', '']
  return lines.join('\r\n')
}

const EVENT = ['UID:a@meet.example.org', 'DTSTAMP:20260305T100000Z', 'SEQUENCE:2']

describe('readCalendarReply', () => {
  it('reads an answer as Google Calendar sends it', () => {
    const attendee =
      'ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=Bo;X-NUM-GUESTS=0:mailto:bo@example.org'
    const start = ['DTSTART:20260310T080000Z', 'DTEND:20260310T084500Z']
    expect(readCalendarReply(calendar('REPLY', [...EVENT, ...start, attendee]))).toEqual({
      method: 'REPLY',
      uid: 'a@meet.example.org',
      sequence: 2,
      stamp: new Date('2026-03-05T10:00:00Z'),
      attendees: [{ address: 'bo@example.org', status: 'ACCEPTED' }],
      startsAt: new Date('2026-03-10T08:00:00Z'),
      durationMinutes: 45,
      isOneOccurrence: false,
      comment: '',
    })
  })

  it('reads a proposed time in a zone as Outlook describes it', () => {
    const times = [
      'DTSTART;TZID=W. Europe Standard Time:20260710T090000',
      'DTEND;TZID=W. Europe Standard Time:20260710T100000',
      'COMMENT:Later, please',
    ]
    const reply = readCalendarReply(calendar('COUNTER', [...EVENT, ...times], OUTLOOK_ZONE(YEARLY)))
    expect(reply).toMatchObject({
      method: 'COUNTER',
      startsAt: new Date('2026-07-10T07:00:00Z'),
      durationMinutes: 60,
      comment: 'Later, please',
    })
  })

  it('tells an answer for one occurrence from one for the series', () => {
    const reply = readCalendarReply(calendar('REPLY', [...EVENT, 'RECURRENCE-ID:20260310T080000Z']))
    expect(reply?.isOneOccurrence).toBe(true)
  })

  it.each([
    ['no iCalendar', 'Hello'],
    ['an invitation', calendar('REQUEST', EVENT)],
    ['an answer without a time stamp', calendar('REPLY', ['UID:a'])],
    ['a calendar without an event', 'BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n'],
    ['more than an answer has', calendar('REPLY', [...EVENT, `COMMENT:${'x'.repeat(70_000)}`])],
  ])('refuses %s', (_what, text) => {
    expect(readCalendarReply(text)).toBeNull()
  })

  it('refuses zones whose clock changes more often than once a year, at once', () => {
    const times = ['DTSTART;TZID=W. Europe Standard Time:20990710T090000']
    for (const rule of [
      'FREQ=SECONDLY',
      'FREQ=DAILY',
      'FREQ=YEARLY;BYSECOND=1,2,3',
      'FREQ=YEARLY;BYYEARDAY=1',
    ]) {
      const before = process.cpuUsage()
      expect(readCalendarReply(calendar('COUNTER', [...EVENT, ...times], OUTLOOK_ZONE(rule)))).toBeNull()
      expect(process.cpuUsage(before).user).toBeLessThan(200_000)
    }
  })

  it('takes a time without a zone for none', () => {
    expect(readCalendarReply(calendar('REPLY', [...EVENT, 'DTSTART:20260310T080000']))?.startsAt).toBeNull()
  })
})
