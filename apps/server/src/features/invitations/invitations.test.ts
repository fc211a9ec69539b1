import { InvitationId, type MeetingId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInvitationsPlace } from '../../../test/lib/invitations-place.ts'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import type { MailBudget } from '../../mail/mail-budget.ts'
import { createPost } from '../../mail/post.ts'
import { createLogger } from '../../platform/logger.ts'
import { Invitations } from './invitations.ts'

const NOW = new Date('2026-03-04T05:06:07.089Z')
const TUESDAY = { startsAt: '2026-03-10T08:00:00.000Z', durationMinutes: 45, timeZone: 'Europe/Vienna' }
const WEDNESDAY = { ...TUESDAY, startsAt: '2026-03-11T13:00:00.000Z' }
const GONE = { code: 'conflict', message: 'There is no proposed time to answer (any more).' }
const MISSING = { code: 'not_found', message: 'There is no such invitation.' }

describe('invitations', () => {
  let database: Database
  let now: Date
  let place: ReturnType<typeof createInvitationsPlace>
  let ana: Awaited<ReturnType<typeof account>>
  beforeEach(async () => {
    now = NOW
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    place = createInvitationsPlace(database, () => now)
    ana = await account('ana@example.org', 'Ana')
  })
  afterEach(() => database.close())

  async function account(email: string, name: string) {
    const id = await insertUser(database, { email, emailKey: email, name })
    return { id, userId: id, name, email }
  }
  const create = async (schedule: typeof TUESDAY | null = TUESDAY) =>
    (await place.meetings.create({ title: 'Planning', ...(schedule && { schedule }) }, ana)).id
  async function invite(id: MeetingId, ...emails: string[]) {
    const meeting = await place.meetings.find(id)
    return place.invitations.invite(
      meeting,
      emails.map((email) => ({ email })),
    )
  }
  async function inviteOne(id: MeetingId, email = 'bo@example.org') {
    const [invitation] = await invite(id, email)
    if (!invitation) throw new Error('nobody was invited')
    return { ...invitation, token: place.links.tokenOf(invitation.id) }
  }
  const propose = (token: string, proposal = WEDNESDAY) =>
    place.received.answerByLink(token, { answer: 'propose', proposal })
  const statuses = async (id: MeetingId) =>
    (await place.invitations.list(id, ana.userId))
      .map(({ email, status }) => `${email} ${status}`)
      .toSorted((one, other) => one.localeCompare(other))
  const lettersTo = (address: string) =>
    place.mails.filter(({ to }) => to.address === address).map(({ subject }) => subject)

  describe('beyond the budget of emails', () => {
    const many = (count: number) => Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.org` }))
    beforeEach(() => {
      place = createInvitationsPlace(database, () => now, {
        limits: { newAccount: 50, account: 50, server: 1000 },
      })
    })

    it('invite nobody and say what remains', async () => {
      const id = await create()
      const meeting = await place.meetings.find(id)
      await expect(place.invitations.invite(meeting, many(100))).rejects.toMatchObject({
        code: 'rate_limited',
        details: { remaining: 50, limit: 50 },
      })
      expect(await statuses(id)).toEqual([])
      expect(place.mails).toEqual([])
      await place.invitations.invite(meeting, many(50))
      expect(place.mails).toHaveLength(50)
    })

    it('create no meeting either', async () => {
      await expect(
        place.meetings.create({ title: 'Planning', schedule: TUESDAY, invite: many(51) }, ana),
      ).rejects.toMatchObject({ code: 'rate_limited' })
      expect((await place.meetings.list(ana.userId, {})).items).toEqual([])
      expect(place.mails).toEqual([])
    })

    it('change nothing that those invited could not be told of, but can be cancelled', async () => {
      const id = await create()
      await place.invitations.invite(await place.meetings.find(id), many(50))
      for (let n = 0; n < 5; n += 1) await place.meetings.update(id, ana, { title: `Planning ${n}` })
      await expect(place.meetings.update(id, ana, { title: 'Too often' })).rejects.toMatchObject({
        code: 'rate_limited',
      })
      expect(await place.meetings.find(id)).toMatchObject({ title: 'Planning 4' })
      await place.meetings.cancel(id, ana)
      expect(place.mails).toHaveLength(50 + 250 + 50)
    })

    it('name the organizer as sender and in the footer', async () => {
      await inviteOne(await create())
      expect(place.mails[0]).toMatchObject({
        sender: 'Ana',
        text: expect.stringContaining(
          'Ana (ana@example.org) caused this email through Video Meet on meet.example.org.',
        ),
      })
    })
  })

  describe('of people', () => {
    it('send each a letter, and a notice to who has an account', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const id = await create()
      const invited = await place.invitations.invite(await place.meetings.find(id), [
        { email: 'BO@example.org', role: 'moderator' },
        { email: 'cy@example.org' },
      ])
      expect(invited).toHaveLength(2)
      expect(invited.toSorted((one, other) => one.email.localeCompare(other.email))).toMatchObject([
        { email: 'BO@example.org', name: 'Bo', hasAccount: true, role: 'moderator', status: 'pending' },
        { email: 'cy@example.org', name: null, hasAccount: false, role: 'participant', answeredAt: null },
      ])
      // In the order in which they were named.
      expect(place.mails.map(({ to }) => to.address)).toEqual(['BO@example.org', 'cy@example.org'])
      expect(place.told).toEqual([{ to: bo.userId, kind: 'invited' }])
      expect((await place.meetings.list(bo.userId, {})).items).toMatchObject([
        { id, relation: 'invited', answer: 'pending' },
      ])
    })

    it('leave alone who is invited already, and answer with all who were named', async () => {
      const id = await create()
      await inviteOne(id)
      const named = await invite(id, 'Bo@Example.org', 'cy@example.org', 'CY@example.org')
      expect(new Set(named.map(({ email }) => email))).toEqual(new Set(['bo@example.org', 'cy@example.org']))
      expect(lettersTo('bo@example.org')).toEqual(['Invitation: Planning'])
    })

    it('do not go to the owner', async () => {
      await expect(invite(await create(), 'cy@example.org', 'ANA@example.org')).rejects.toMatchObject({
        code: 'bad_request',
        message: expect.stringContaining('your own meeting'),
      })
      expect(place.mails).toEqual([])
    })

    it('do not go to a meeting that is over', async () => {
      const id = await create()
      await place.meetings.cancel(id, ana)
      await expect(invite(id, 'bo@example.org')).rejects.toMatchObject({ code: 'conflict' })
    })

    it('are at most 500 for a meeting, not counting again who is invited already', async () => {
      const id = await create(null)
      const emails = Array.from({ length: 500 }, (_, index) => `person${index}@example.org`)
      expect(await invite(id, ...emails)).toHaveLength(500)
      expect(await invite(id, ...emails.slice(0, 100))).toHaveLength(100)
      await expect(invite(id, 'one.more@example.org')).rejects.toMatchObject({
        code: 'conflict',
        message: 'A meeting has at most 500 invitations.',
      })
      expect(place.mails).toHaveLength(500)
    })

    it('are only for the owner to see, to change, to withdraw and to send again', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const id = await create()
      const other = await create()
      const invitation = await inviteOne(id)
      const missing = { code: 'meeting_not_found' }
      const act = { actor: bo, answer: 'accept', role: 'observer' } as const
      await expect(place.invitations.list(id, bo.userId)).rejects.toMatchObject(missing)
      await expect(place.invitations.setRole(id, invitation.id, act)).rejects.toMatchObject(missing)
      await expect(place.invitations.withdraw(id, invitation.id, bo)).rejects.toMatchObject(missing)
      await expect(place.invitations.resend(id, invitation.id, bo)).rejects.toMatchObject(missing)
      await expect(place.invitations.answerProposal(id, invitation.id, act)).rejects.toMatchObject(missing)
      // An invitation to another meeting is none to this one.
      await expect(place.invitations.withdraw(other, invitation.id, ana)).rejects.toMatchObject(MISSING)
      await expect(
        place.invitations.setRole(other, invitation.id, { actor: ana, role: 'observer' }),
      ).rejects.toMatchObject(MISSING)
      expect(await statuses(id)).toEqual(['bo@example.org pending'])
    })

    it('are all stored before anyone hears of them', async () => {
      const id = await create()
      const meeting = await place.meetings.find(id)
      const invite = [{ email: 'bo@example.org' }, { email: 'cy@example.org' }]
      const seen: string[][] = []
      const invitations = new Invitations({
        ...place.options,
        post: createPost({ take: async () => undefined } as unknown as MailBudget, {
          enqueue: async () => void seen.push(await statuses(id)),
        }),
      })
      await invitations.invite(meeting, invite)
      expect(seen.map(({ length }) => length)).toEqual([2, 2])
    })

    it('change in what somebody will be', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      const act = { actor: ana, role: 'observer' } as const
      expect(await place.invitations.setRole(id, invitation.id, act)).toMatchObject({ role: 'observer' })
      expect(
        await place.received.invitationOf(id, { userId: null, invitationToken: invitation.token }),
      ).toMatchObject({ role: 'observer' })
    })

    it('are sent again while the meeting is to come', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      await place.invitations.resend(id, invitation.id, ana)
      expect(place.mails[1]).toEqual(place.mails[0])
      await place.meetings.cancel(id, ana)
      await expect(place.invitations.resend(id, invitation.id, ana)).rejects.toMatchObject({
        code: 'conflict',
      })
    })
  })

  describe('that are withdrawn', () => {
    it('and sent again within a second have growing sequence numbers', async () => {
      const id = await create()
      const { id: invitationId } = await inviteOne(id)
      await place.invitations.withdraw(id, invitationId, ana)
      await place.invitations.invite(await place.meetings.find(id), [{ email: 'bo@example.org' }])
      const sequences = place.mails.slice(-2).map(({ calendar }) => {
        const entry = /^METHOD:(.*)\r$[\s\S]*^SEQUENCE:(\d+)\r$/m.exec(calendar?.content ?? '')
        return [entry?.[1], Number(entry?.[2])]
      })
      expect(sequences).toEqual([
        ['CANCEL', 1],
        ['REQUEST', 2],
      ])
    })

    it('end the link, leave the list of the account, and say so', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const id = await create()
      const invitation = await inviteOne(id)
      await place.invitations.withdraw(id, invitation.id, ana)
      expect(place.dismissed).toEqual([invitation.id])
      expect(await statuses(id)).toEqual([])
      expect(place.mails.at(-1)).toMatchObject({
        subject: 'Cancelled: Planning',
        text: expect.stringContaining('Your invitation was withdrawn.'),
        calendar: { method: 'CANCEL' },
      })
      expect(place.told.at(-1)).toEqual({ to: bo.userId, kind: 'invitation_withdrawn' })
      expect((await place.meetings.list(bo.userId, {})).items).toEqual([])
      await expect(place.received.open(invitation.token)).rejects.toMatchObject({ code: 'token_invalid' })
      for (const who of [
        { userId: bo.userId, invitationToken: undefined },
        { userId: null, invitationToken: invitation.token },
      ])
        expect(await place.received.invitationOf(id, who)).toBeNull()
      await expect(place.invitations.withdraw(id, invitation.id, ana)).rejects.toMatchObject(MISSING)
    })

    it('say nothing once the meeting is over', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      now = new Date('2026-03-10T09:00:00.000Z')
      await place.invitations.withdraw(id, invitation.id, ana)
      expect(lettersTo('bo@example.org')).toEqual(['Invitation: Planning'])
    })

    it('twice at once are told once', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      const withdraw = () => place.invitations.withdraw(id, invitation.id, ana)
      await Promise.allSettled([withdraw(), withdraw()])
      expect(lettersTo('bo@example.org')).toEqual(['Invitation: Planning', 'Cancelled: Planning'])
    })
  })

  describe('with a proposed time', () => {
    it('that is accepted move the meeting, and ask everyone else again', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const id = await create()
      const invitation = await inviteOne(id)
      const cy = await inviteOne(id, 'cy@example.org')
      await place.received.answerByLink(cy.token, { answer: 'accept' })
      await propose(invitation.token)
      place.mails.length = 0
      const answered = await place.invitations.answerProposal(id, invitation.id, {
        actor: ana,
        answer: 'accept',
      })
      expect(answered).toMatchObject({ status: 'accepted', proposal: null })
      expect((await place.meetings.find(id)).schedule).toEqual(WEDNESDAY)
      expect(await statuses(id)).toEqual(['bo@example.org accepted', 'cy@example.org pending'])
      const told = place.mails.map(({ to, subject, calendar }) => {
        const answer = /PARTSTAT=([\w-]+)/.exec(calendar?.content ?? '')?.[1]
        return [to.address, subject, calendar?.method, answer].join(' ')
      })
      expect(new Set(told)).toEqual(
        new Set([
          'bo@example.org Changed: Planning REQUEST ACCEPTED',
          'cy@example.org Changed: Planning REQUEST NEEDS-ACTION',
        ]),
      )
      expect(place.told.slice(-2)).toEqual([
        { to: bo.userId, kind: 'meeting_changed' },
        { to: bo.userId, kind: 'proposal_accepted' },
      ])
    })

    it('that several want are answered for all of them', async () => {
      const id = await create()
      const [bo, cy, di] = [
        await inviteOne(id),
        await inviteOne(id, 'cy@example.org'),
        await inviteOne(id, 'di@example.org'),
      ]
      await propose(bo.token)
      await propose(cy.token)
      await propose(di.token, { ...WEDNESDAY, durationMinutes: 60 })
      await place.invitations.answerProposal(id, bo.id, { actor: ana, answer: 'accept' })
      expect(await statuses(id)).toEqual([
        'bo@example.org accepted',
        'cy@example.org accepted',
        'di@example.org pending',
      ])
      await expect(
        place.invitations.answerProposal(id, cy.id, { actor: ana, answer: 'accept' }),
      ).rejects.toMatchObject(GONE)
    })

    it('that is declined are asked again for the time that stays', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const id = await create()
      const invitation = await inviteOne(id)
      await propose(invitation.token)
      const answered = await place.invitations.answerProposal(id, invitation.id, {
        actor: ana,
        answer: 'decline',
        note: 'The room is taken.',
      })
      expect(answered).toMatchObject({ status: 'pending', proposal: null, answeredAt: null })
      expect((await place.meetings.find(id)).schedule).toEqual(TUESDAY)
      expect(place.mails.at(-1)).toMatchObject({
        to: { address: 'bo@example.org' },
        subject: 'It stays as it was: Planning',
        text: expect.stringContaining('The room is taken.'),
      })
      expect(place.told.at(-1)).toEqual({ to: bo.userId, kind: 'proposal_declined' })
      await expect(
        place.invitations.answerProposal(id, invitation.id, { actor: ana, answer: 'decline' }),
      ).rejects.toMatchObject(GONE)
    })

    it('stay proposed when the time is over by now', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      const soon = { ...TUESDAY, startsAt: '2026-03-04T06:00:00.000Z' }
      await propose(invitation.token, soon)
      now = new Date('2026-03-05T05:06:07.089Z')
      await expect(
        place.invitations.answerProposal(id, invitation.id, { actor: ana, answer: 'accept' }),
      ).rejects.toMatchObject({ code: 'bad_request', message: expect.stringContaining('this time is over') })
      expect(await place.store.find(invitation.id)).toMatchObject({
        status: 'proposed',
        proposal: soon,
        answeredAt: NOW,
      })
    })

    it('are not accepted for a meeting that was cancelled', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      await propose(invitation.token)
      await place.meetings.cancel(id, ana)
      await expect(
        place.invitations.answerProposal(id, invitation.id, { actor: ana, answer: 'accept' }),
      ).rejects.toMatchObject({ code: 'conflict' })
    })

    it('that was taken back meanwhile do not move the meeting', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      await propose(invitation.token)
      const read = await place.store.find(invitation.id)
      now = new Date(NOW.getTime() + 1)
      await place.received.answerByLink(invitation.token, { answer: 'decline' })
      // The owner had read it before the invited person took it back.
      place.store.findFor = async () => read
      await expect(
        place.invitations.answerProposal(id, invitation.id, { actor: ana, answer: 'accept' }),
      ).rejects.toMatchObject(GONE)
      expect((await place.meetings.find(id)).schedule).toEqual(TUESDAY)
      expect(await statuses(id)).toEqual(['bo@example.org declined'])
    })

    it('move the meeting once when they are accepted twice at once', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      await propose(invitation.token)
      const accept = () =>
        place.invitations.answerProposal(id, invitation.id, { actor: ana, answer: 'accept' })
      const outcomes = await Promise.allSettled([accept(), accept()])
      expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
      expect(lettersTo('bo@example.org')).toEqual(['Invitation: Planning', 'Changed: Planning'])
    })

    it('are none before anybody proposed one', async () => {
      const id = await create()
      const invitation = await inviteOne(id)
      for (const answer of ['accept', 'decline'] as const)
        await expect(
          place.invitations.answerProposal(id, invitation.id, { actor: ana, answer }),
        ).rejects.toMatchObject(GONE)
      const missing = InvitationId.parse('7d9f6a52-5f0e-4b6f-9a86-0a3f3c1d2e4b')
      await expect(
        place.invitations.answerProposal(id, missing, { actor: ana, answer: 'accept' }),
      ).rejects.toMatchObject(MISSING)
    })
  })
})
