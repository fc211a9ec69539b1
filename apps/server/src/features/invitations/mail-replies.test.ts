import type { InvitationId } from '@video-meet/protocol'
import ICAL from 'ical.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInvitationsPlace } from '../../../test/lib/invitations-place.ts'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { MailReplies } from './mail-replies.ts'
import { createReplyAddresses } from './reply-addresses.ts'

const NOW = new Date('2026-03-04T05:06:07.000Z')
const TUESDAY = { startsAt: '2026-03-10T08:00:00.000Z', durationMinutes: 45, timeZone: 'Europe/Vienna' }
const addresses = createReplyAddresses('meet@example.org', new Uint8Array(32).fill(5))
const log = createLogger({ level: 'silent' })

interface Reply {
  readonly to?: string
  readonly from?: string
  readonly method?: string
  readonly status?: string
  readonly attendee?: string
  readonly sequence?: number
  readonly stamp?: string
  readonly times?: readonly string[]
  readonly more?: readonly string[]
}

describe('an answer by email', () => {
  let database: Database
  let now: Date
  let place: ReturnType<typeof createInvitationsPlace>
  let replies: MailReplies
  let meeting: Awaited<ReturnType<typeof place.meetings.find>>
  let id: InvitationId
  beforeEach(async () => {
    now = NOW
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    place = createInvitationsPlace(database, () => now, { replyAddresses: addresses })
    const { meetings, received } = place
    replies = new MailReplies({
      addresses,
      ...place.options,
      answer: (...answer) => received.answerByMail(...answer),
      log,
    })
    const userId = await insertUser(database, {
      email: 'ana@example.org',
      emailKey: 'ana@example.org',
      name: 'Ana',
    })
    const ana = { id: userId, userId, name: 'Ana', email: 'ana@example.org' }
    const created = await meetings.create({ title: 'Planning', schedule: TUESDAY }, ana)
    meeting = await meetings.find(created.id)
    const [invitation] = await place.invitations.invite(meeting, [
      { email: 'bo@example.org', role: 'participant' },
    ])
    if (!invitation) throw new Error('nobody was invited')
    id = invitation.id
  })
  afterEach(() => database.close())

  const statusNow = async () => (await place.store.find(id))?.status

  /** The email that a calendar program would send. */
  function email(reply: Reply = {}): Uint8Array {
    const { method = 'REPLY', status = 'ACCEPTED', attendee = 'bo@example.org', more = [] } = reply
    const lines = [
      `From: Bo <${reply.from ?? 'bo@example.org'}>`,
      `To: Ana <${reply.to ?? addresses.of(id)}>`,
      'Subject: Accepted: Planning',
      'MIME-Version: 1.0',
      'Content-Type: multipart/alternative; boundary="part"',
      '',
      '--part',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Bo has accepted.',
      '--part',
      `Content-Type: text/calendar; charset=utf-8; method=${method}`,
      '',
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      `METHOD:${method}`,
      'BEGIN:VEVENT',
      'UID:whatever',
      `DTSTAMP:${reply.stamp ?? '20260304T060000Z'}`,
      `SEQUENCE:${reply.sequence ?? 0}`,
      `ATTENDEE;PARTSTAT=${status}:mailto:${attendee}`,
      ...(reply.times ?? []),
      ...more,
      'END:VEVENT',
      'END:VCALENDAR',
      '--part--',
      '',
    ]
    return new TextEncoder().encode(lines.join('\r\n'))
  }

  it('is recorded, and the owner is told', async () => {
    place.mails.length = 0
    expect(await replies.receive(email())).toBe(true)
    expect(await statusNow()).toBe('accepted')
    expect(place.mails.map(({ to }) => to.address)).toEqual(['ana@example.org'])
    expect(await replies.receive(email({ status: 'DECLINED', more: ['COMMENT:On holiday'] }))).toBe(true)
    expect(await place.store.find(id)).toMatchObject({ status: 'declined', note: 'On holiday' })
  })

  it('can propose another time', async () => {
    const times = ['DTSTART:20260311T130000Z', 'DTEND:20260311T140000Z']
    expect(await replies.receive(email({ method: 'COUNTER', times }))).toBe(true)
    expect(await place.store.find(id)).toMatchObject({
      status: 'proposed',
      proposal: { startsAt: '2026-03-11T13:00:00.000Z', durationMinutes: 60 },
    })
  })

  it.each([
    ['of somebody else', { from: 'eve@example.org' }],
    ['for somebody else', { attendee: 'eve@example.org' }],
    ['to a forged address', { to: 'meet+0123456789abcdefghij@example.org' }],
    ['to the mailbox itself', { to: 'meet@example.org' }],
    ['without a decision', { status: 'TENTATIVE' }],
    ['for one occurrence', { more: ['RECURRENCE-ID:20260310T080000Z'] }],
    ['that proposes a time in the past', { method: 'COUNTER', times: ['DTSTART:20200101T080000Z'] }],
    [
      'that proposes a meeting of a year',
      {
        method: 'COUNTER',
        times: ['DTSTART:20260311T130000Z', 'DURATION:P365D'],
      },
    ],
    ['that is an invitation', { method: 'REQUEST' }],
  ] satisfies [string, Reply][])('%s changes nothing', async (_what, reply) => {
    expect(await replies.receive(email(reply))).toBe(false)
    expect(await statusNow()).toBe('pending')
  })

  it('given before a newer one changes nothing', async () => {
    now = new Date('2026-03-04T09:00:00Z')
    await place.received.answerByMail(id, { answer: 'decline' })
    expect(await replies.receive(email({ stamp: '20260304T060000Z' }))).toBe(false)
    expect(await statusNow()).toBe('declined')
  })

  it('to an older version counts only if the time is still the same', async () => {
    const ana = { userId: meeting.owner?.id ?? ('' as never), name: 'Ana' }
    await place.meetings.move(meeting.id, ana, { ...TUESDAY, startsAt: '2026-03-12T08:00:00.000Z' })
    expect(await replies.receive(email({ times: ['DTSTART:20260310T080000Z'] }))).toBe(false)
    expect(await replies.receive(email({ times: ['DTSTART:20260312T080000Z'] }))).toBe(true)
    expect(await statusNow()).toBe('accepted')
  })

  it('is refused when a program keeps answering', async () => {
    const answers: boolean[] = []
    for (let count = 0; count < 10; count += 1)
      answers.push(await replies.receive(email({ status: count % 2 ? 'DECLINED' : 'ACCEPTED' })))
    expect(answers.filter(Boolean)).toHaveLength(5)
  })

  it('comes again when the database is away', async () => {
    await database.close()
    await expect(replies.receive(email())).rejects.toThrow()
  })

  it('is asked for in the invitation, at the address of this invitation', async () => {
    const [mail] = place.mails
    const calendar = new ICAL.Component(ICAL.parse(mail?.calendar?.content ?? '') as never)
    const event = calendar.getFirstSubcomponent('vevent')
    expect(event?.getFirstPropertyValue('organizer')).toBe(`mailto:${addresses.of(id)}`)
    expect(event?.getFirstProperty('attendee')?.getParameter('rsvp')).toBe('TRUE')
    expect(mail?.replyTo).toEqual({ address: 'ana@example.org', name: 'Ana' })
    expect(mail?.text).toContain('You can also accept or decline in your calendar.')
  })

  it('is not asked for without a mailbox: the invitation says where to answer', async () => {
    const without = createInvitationsPlace(database, () => now)
    await without.invitations.invite(meeting, [{ email: 'cy@example.org', role: 'participant' }])
    const [mail] = without.mails
    const calendar = new ICAL.Component(ICAL.parse(mail?.calendar?.content ?? '') as never)
    const event = calendar.getFirstSubcomponent('vevent')
    expect(event?.getFirstPropertyValue('organizer')).toBe('mailto:ana@example.org')
    expect(event?.getFirstProperty('attendee')?.getParameter('rsvp')).not.toBe('TRUE')
    expect(mail?.replyTo).toEqual({ address: 'ana@example.org', name: 'Ana' })
    expect(mail?.text).toContain('Please answer with the button')
  })
})
