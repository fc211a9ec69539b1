import ICAL from 'ical.js'
import { describe, expect, it } from 'vitest'
import { type CalendarEntry, calendarFile } from './calendar-file.ts'
import { occurrencesBetween, readRecurrence, type Schedule } from './schedule.ts'

const weekly: Schedule = {
  startsAt: new Date('2026-03-11T08:00:00Z'),
  durationMinutes: 45,
  timeZone: 'Europe/Vienna',
  recurrence: readRecurrence('FREQ=WEEKLY;BYDAY=WE;COUNT=6'),
}
const entry: CalendarEntry = {
  method: 'REQUEST',
  uid: '4b2c@meet.example.org',
  sequence: 3,
  title: 'Weekly planning',
  description: 'Bring numbers.',
  url: 'https://meet.example.org/meeting/abcd-efgh-ijkl',
  schedule: { startsAt: new Date('2026-07-01T09:00:00Z'), durationMinutes: 30, timeZone: 'Europe/Vienna' },
  organizer: { name: 'Ana', address: 'ana@example.org' },
  takesReplies: true,
  attendees: [
    { name: 'Bo', address: 'bo@example.org', status: 'needs-action' },
    { address: 'cy@example.org', status: 'accepted' },
  ],
  now: new Date('2026-02-01T00:00:00Z'),
}

/** What ical.js, which has no part in writing the file, reads from it. */
function read(change: Partial<CalendarEntry> = {}) {
  const text = calendarFile({ ...entry, ...change })
  const root = new ICAL.Component(ICAL.parse(text) as unknown[])
  const [component] = root.getAllSubcomponents('vevent')
  if (!component) throw new Error('no entry in it')
  const zones = root.getAllSubcomponents('vtimezone').map((zone) => new ICAL.Timezone(zone))
  const event = new ICAL.Event(component)
  return { text, root, component, event, zones }
}

/** The starts of `schedule` as ical.js makes them of the file, by the VTIMEZONE in it. */
function startsIn(schedule: Schedule, count: number): string[] {
  const { event, zones } = read({ schedule })
  const [zone] = zones
  const start = ICAL.Time.fromDateTimeString(event.startDate.toString())
  if (zone) start.zone = zone
  const iterator = event.iterator(start)
  return Array.from({ length: count }, () => iterator.next())
    .filter((time) => time !== undefined && time !== null)
    .map((time) => time.toJSDate().toISOString())
}

describe('a calendar file', () => {
  it('says what the meeting is, to a reader of its own', () => {
    const { root, event, component } = read()
    expect(root.getFirstPropertyValue('method')).toBe('REQUEST')
    expect(event.uid).toBe(entry.uid)
    expect(event.sequence).toBe(3)
    expect(event.summary).toBe('Weekly planning')
    expect(event.description).toBe('Bring numbers.')
    expect(event.location).toBe(entry.url)
    expect(component.getFirstPropertyValue('url')).toBe(entry.url)
    expect(component.getFirstPropertyValue('status')).toBe('CONFIRMED')
    expect(component.getFirstPropertyValue('dtstamp')?.toString()).toBe('2026-02-01T00:00:00Z')
    expect(component.getFirstProperty('dtstart')?.getParameter('tzid')).toBe('Europe/Vienna')
    expect(event.startDate.toString()).toBe('2026-07-01T11:00:00')
    expect(event.endDate.toString()).toBe('2026-07-01T11:30:00')
  })

  it('asks those invited to answer, and tells who did', () => {
    const { component } = read()
    const attendees = component
      .getAllProperties('attendee')
      .map((one) => [
        one.getFirstValue()?.toString().toLowerCase(),
        one.getParameter('partstat'),
        one.getParameter('rsvp'),
        one.getParameter('cn'),
      ])
    expect(attendees).toEqual([
      ['mailto:bo@example.org', 'NEEDS-ACTION', 'TRUE', 'Bo'],
      ['mailto:cy@example.org', 'ACCEPTED', 'TRUE', undefined],
    ])
    expect(component.getFirstPropertyValue('organizer')?.toString()).toBe('mailto:ana@example.org')
  })

  it('reminds ten minutes before', () => {
    const [alarm] = read().component.getAllSubcomponents('valarm')
    expect(alarm?.getFirstPropertyValue('trigger')?.toString()).toBe('-PT10M')
    expect(alarm?.getFirstPropertyValue('action')).toBe('DISPLAY')
  })

  it('takes a meeting back', () => {
    const { root, component } = read({ method: 'CANCEL', sequence: 4 })
    expect(root.getFirstPropertyValue('method')).toBe('CANCEL')
    expect(component.getFirstPropertyValue('status')).toBe('CANCELLED')
    expect(component.getAllProperties('attendee')).toHaveLength(2)
    expect(component.getAllSubcomponents('valarm')).toHaveLength(0)
  })

  it('names nobody who is invited when it is published', () => {
    const { root, component } = read({ method: 'PUBLISH' })
    expect(root.getFirstPropertyValue('method')).toBe('PUBLISH')
    expect(component.getAllProperties('attendee')).toHaveLength(0)
  })

  it('keeps any text to the letter', () => {
    const title = 'Añejo, “größer”; 会議 🎉 \\ "x": 100%'
    const description = 'One, two; three\nBEGIN:VEVENT\n\n\\n is no line. 🎉🎉'
    const name = 'Zoë "Z"; O’Neil, Jr: ^n'
    const { event, component } = read({ title, description, organizer: { name, address: 'z@example.org' } })
    expect(event.summary).toBe(title)
    expect(event.description).toBe(description)
    expect(component.getFirstProperty('organizer')?.getParameter('cn')).toBe(name)
  })

  it('has lines of at most 75 bytes that end in CR LF, whatever is in it', () => {
    const long = '会議🎉ä'.repeat(80)
    const { text, event } = read({ title: long, description: long, schedule: weekly })
    const lines = text.split('\r\n')
    expect(lines.at(-1)).toBe('')
    expect(lines.filter((one) => /[\r\n]/.test(one) || Buffer.byteLength(one) > 75)).toEqual([])
    expect(event.summary).toBe(long)
  })

  it('lets no text become a line of the file', () => {
    const evil = 'x\r\nATTENDEE:mailto:evil@example.org\nMETHOD:CANCEL\rSTATUS:CANCELLED\u0000\u0085'
    const { text, root, component } = read({
      title: evil,
      description: evil,
      uid: evil,
      url: `https://meet.example.org/${evil}`,
      organizer: { name: evil, address: evil },
      attendees: [{ name: evil, address: evil, status: 'tentative' }],
    })
    expect(text.split('\r\n').filter((one) => /^(METHOD|STATUS|ATTENDEE:)/.test(one))).toEqual([
      'METHOD:REQUEST',
      'STATUS:CONFIRMED',
    ])
    expect(root.getAllProperties('method')).toHaveLength(1)
    expect(component.getAllProperties('attendee')).toHaveLength(1)
  })
})

describe('the zone of a calendar file', () => {
  it('keeps a weekly meeting at nine when the clocks change', () => {
    const starts = startsIn(weekly, 10)
    expect(starts).toEqual([
      '2026-03-11T08:00:00.000Z',
      '2026-03-18T08:00:00.000Z',
      '2026-03-25T08:00:00.000Z',
      '2026-04-01T07:00:00.000Z',
      '2026-04-08T07:00:00.000Z',
      '2026-04-15T07:00:00.000Z',
    ])
  })

  it.each([
    ['America/New_York', 'FREQ=MONTHLY;BYDAY=2TU'],
    ['Australia/Lord_Howe', 'FREQ=DAILY;INTERVAL=5'],
    ['Asia/Kolkata', 'FREQ=WEEKLY;BYDAY=MO,TH;UNTIL=20260620'],
    ['America/Sao_Paulo', 'FREQ=MONTHLY;BYMONTHDAY=-1'],
    ['Africa/Cairo', 'FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=SU,MO'],
    ['Europe/London', 'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1'],
    ['Pacific/Apia', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=3'],
    ['UTC', 'FREQ=WEEKLY'],
    ['europe/vienna', 'FREQ=WEEKLY;UNTIL=20260401T090000'],
  ])('means the same times as we do: %s, %s', (timeZone, recurrence) => {
    const startsAt = new Date('2026-02-05T10:30:00Z')
    const schedule = { startsAt, durationMinutes: 60, timeZone, recurrence: readRecurrence(recurrence) }
    const ours = occurrencesBetween(schedule, { from: startsAt, to: new Date('2060-01-01'), max: 60 })
    expect(ours.length).toBeGreaterThan(2)
    expect(startsIn(schedule, 60)).toEqual(ours.map((one) => one.startsAt.toISOString()))
  })

  it('is in the file with the name that the times say', () => {
    const { root, component } = read({ schedule: { ...weekly, timeZone: 'Asia/Calcutta' } })
    const tzid = component.getFirstProperty('dtstart')?.getParameter('tzid')
    expect(root.getAllSubcomponents('vtimezone').map((zone) => zone.getFirstPropertyValue('tzid'))).toEqual([
      tzid,
    ])
  })

  it('begins on the first day that the rule names', () => {
    const schedule = { ...weekly, recurrence: 'FREQ=WEEKLY;BYDAY=MO' }
    expect(read({ schedule }).event.startDate.toString()).toBe('2026-03-16T09:00:00')
  })
})
