import type { MeetingId, MeetingSchedule } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInvitationsPlace } from '../../../test/lib/invitations-place.ts'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'

const NOW = new Date('2026-03-04T05:06:07.089Z')
const TUESDAY = { startsAt: '2026-03-10T08:00:00.000Z', durationMinutes: 45, timeZone: 'Europe/Vienna' }
const WEDNESDAY = { ...TUESDAY, startsAt: '2026-03-11T13:00:00.000Z' }

describe('those who are invited', () => {
  let database: Database
  let now: Date
  let place: ReturnType<typeof createInvitationsPlace>
  let ana: Awaited<ReturnType<typeof account>>
  let bo: Awaited<ReturnType<typeof account>>
  beforeEach(async () => {
    now = NOW
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    place = createInvitationsPlace(database, () => now)
    ana = await account('ana@example.org', 'Ana')
    bo = await account('bo@example.org', 'Bo')
  })
  afterEach(() => database.close())

  async function account(email: string, name: string) {
    const id = await insertUser(database, { email, emailKey: email, name })
    return { id, userId: id, name, email }
  }
  /** A meeting to which Bo, who has an account, and Cy are invited; Di has declined. */
  async function create(schedule: MeetingSchedule | null = TUESDAY): Promise<MeetingId> {
    const meeting = await place.meetings.create({ title: 'Planning', ...(schedule && { schedule }) }, ana)
    const stored = await place.meetings.find(meeting.id)
    const emails = ['bo@example.org', 'cy@example.org', 'di@example.org']
    const invited = await place.invitations.invite(
      stored,
      emails.map((email) => ({ email })),
    )
    for (const { id, email } of invited)
      if (email.startsWith('di'))
        await place.received.answerByLink(place.links.tokenOf(id), { answer: 'decline' })
    place.mails.length = 0
    place.told.length = 0
    return meeting.id
  }
  const lettersTo = (address: string) => place.mails.filter(({ to }) => to.address === address)
  const reached = () => new Set(place.mails.map(({ to }) => to.address.slice(0, 2)))
  const partsOf = (content = '') => ({
    uid: /^UID:(.+)\r$/m.exec(content)?.[1],
    sequence: Number(/^SEQUENCE:(\d+)\r$/m.exec(content)?.[1]),
    start: /^DTSTART;TZID=([^:]+):(.+)\r$/m.exec(content)?.slice(1),
  })

  it('hear of another time, are asked again, and hold the entry of their calendar as before', async () => {
    const id = await create()
    await place.meetings.update(id, ana, { schedule: WEDNESDAY })
    expect(reached()).toEqual(new Set(['bo', 'cy', 'di']))
    const [letter] = lettersTo('di@example.org')
    expect(letter).toMatchObject({ subject: 'Changed: Planning', calendar: { method: 'REQUEST' } })
    expect(letter?.text).toContain('The meeting has changed: its time.')
    expect(letter?.text).toContain('When: Wednesday, 11 March 2026, 14:00–14:45 (Europe/Vienna)')
    expect(partsOf(letter?.calendar?.content)).toEqual({
      uid: `${id}@meet.example.org`,
      sequence: 1,
      start: ['Europe/Vienna', '20260311T140000'],
    })
    expect(place.told).toEqual([{ to: bo.userId, kind: 'meeting_changed' }])
    const statuses = (await place.invitations.list(id, ana.userId)).map(({ status }) => status)
    expect(statuses).toEqual(['pending', 'pending', 'pending'])
  })

  it('hear of another title and description unless they do not come', async () => {
    const id = await create()
    await place.meetings.update(id, ana, { title: 'Retrospective', description: 'Bring *tea*.' })
    expect(reached()).toEqual(new Set(['bo', 'cy']))
    const [letter] = lettersTo('cy@example.org')
    expect(letter?.subject).toBe('Changed: Retrospective')
    expect(letter?.text).toContain('The meeting has changed: its title and its description.')
    expect(letter?.text).toContain('Bring *tea*.')
    expect(partsOf(letter?.calendar?.content).sequence).toBe(1)
  })

  it('hear nothing of what does not concern them', async () => {
    const id = await create()
    await place.meetings.update(id, ana, { title: 'Planning', agenda: 'Tea', policy: { startMuted: true } })
    expect(place.mails).toEqual([])
    expect(place.told).toEqual([])
  })

  it('hear when there is no time any more, and when there is one at last', async () => {
    const id = await create()
    await place.meetings.update(id, ana, { schedule: null })
    expect(lettersTo('cy@example.org')[0]?.text).toContain('The meeting has no time any more')
    place.mails.length = 0
    await place.meetings.update(id, ana, { schedule: WEDNESDAY })
    const [letter] = lettersTo('cy@example.org')
    expect(partsOf(letter?.calendar?.content)).toMatchObject({ sequence: 2, uid: `${id}@meet.example.org` })
  })

  it('have a meeting without a time any more taken out of their calendars', async () => {
    const meeting = await place.meetings.find(await create())
    const untimed = { ...meeting, schedule: null, formerSchedule: TUESDAY, sequence: 1 }
    await place.news.meetingChanged(untimed, ['schedule'], ana)
    const [letter] = lettersTo('cy@example.org')
    expect(letter?.calendar?.method).toBe('CANCEL')
    expect(partsOf(letter?.calendar?.content)).toEqual({
      uid: `${meeting.id}@meet.example.org`,
      sequence: 1,
      start: ['Europe/Vienna', '20260310T090000'],
    })
  })

  it('hear of a cancelled meeting why, and their calendars too', async () => {
    const id = await create()
    await place.meetings.cancel(id, ana, 'Everyone is ill.')
    const [letter] = lettersTo('cy@example.org')
    expect(letter).toMatchObject({ subject: 'Cancelled: Planning', calendar: { method: 'CANCEL' } })
    expect(letter?.text).toContain('The meeting was cancelled.\n\nEveryone is ill.')
    expect(partsOf(letter?.calendar?.content).sequence).toBe(1)
    expect(place.told).toEqual([{ to: bo.userId, kind: 'meeting_cancelled' }])
    await place.meetings.remove(id, ana)
    expect(lettersTo('cy@example.org')).toHaveLength(1)
  })

  it('hear of a deleted meeting if it was to come', async () => {
    const [deleted, over] = [await create(), await create()]
    await place.meetings.remove(deleted, ana)
    expect(lettersTo('cy@example.org')).toMatchObject([{ calendar: { method: 'CANCEL' } }])
    now = new Date('2026-03-10T08:45:00.000Z')
    await place.meetings.remove(over, ana)
    expect(lettersTo('cy@example.org')).toHaveLength(1)
  })

  it('hear of a meeting without a time without a calendar entry', async () => {
    const id = await create(null)
    await place.meetings.cancel(id, ana)
    expect(lettersTo('cy@example.org')).toMatchObject([{ subject: 'Cancelled: Planning' }])
    expect(lettersTo('cy@example.org')[0]).not.toHaveProperty('calendar')
  })

  it('hear that it has started, in the app', async () => {
    const id = await create()
    await place.meetings.start(id, ana)
    expect(place.told).toEqual([{ to: bo.userId, kind: 'meeting_started' }])
    expect(place.mails).toEqual([])
  })

  it('are reminded of the time that comes, unless they declined; so is the owner', async () => {
    const id = await create({ ...TUESDAY, recurrence: 'FREQ=WEEKLY;COUNT=5' })
    now = new Date('2026-03-24T07:50:00.000Z')
    await place.news.remind(await place.meetings.find(id))
    expect(reached()).toEqual(new Set(['bo', 'cy']))
    const [letter] = lettersTo('cy@example.org')
    expect(letter?.subject).toBe('Soon: Planning')
    expect(letter?.text).toContain('When: Tuesday, 24 March 2026, 09:00–09:45 (Europe/Vienna)')
    expect(letter?.text).toContain('Repeats: every week')
    expect(letter?.text).toContain('https://meet.example.org/invitation#')
    expect(place.told).toEqual([
      { to: bo.userId, kind: 'meeting_starting' },
      { to: ana.userId, kind: 'meeting_starting' },
    ])
  })

  it('have links and entries of their own in their letters', async () => {
    const { id } = await place.meetings.create(
      { title: 'Tea', schedule: TUESDAY, agenda: 'Milk\nSugar', description: 'Hot.' },
      ana,
    )
    const [invited] = await place.invitations.invite(await place.meetings.find(id), [
      { email: 'bo@example.org' },
    ])
    if (!invited) throw new Error('nobody was invited')
    const [letter] = lettersTo('bo@example.org')
    const { code } = await place.meetings.find(id)
    expect(letter).toMatchObject({
      to: { address: 'bo@example.org', name: 'Bo' },
      subject: 'Invitation: Tea',
    })
    for (const part of [
      'Ana invites you to a video meeting.',
      'Hot.',
      'Agenda:\nMilk\nSugar',
      'When: Tuesday, 10 March 2026, 09:00–09:45 (Europe/Vienna)',
      'Organiser: Ana',
      `Meeting: https://meet.example.org/meeting/${code}`,
      place.links.linkTo(invited.id),
    ])
      expect(letter?.text).toContain(part)
    const content = letter?.calendar?.content.replace(/\r\n /g, '') ?? ''
    expect(content).toContain('METHOD:REQUEST')
    expect(content).toMatch(/^ATTENDEE.*PARTSTAT=NEEDS-ACTION.*bo@example\.org\r$/im)
    expect(content).toContain('ORGANIZER;CN="Ana":')
    // Calendars are shown to others: the personal link is not for them.
    expect(content).not.toContain('/invitation#')
  })

  it('are no part of the entry that somebody downloads', async () => {
    const id = await create()
    const content = await place.news.calendarOf(await place.meetings.find(id))
    expect(content).toContain('METHOD:PUBLISH')
    expect(content).not.toContain('ATTENDEE')
    await expect(place.news.calendarOf(await place.meetings.find(await create(null)))).rejects.toMatchObject({
      code: 'conflict',
      message: 'This meeting has no time yet.',
    })
  })
})
