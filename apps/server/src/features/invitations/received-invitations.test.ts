import { randomUUID } from 'node:crypto'
import { InvitationId, type MeetingId, type UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createInvitationsPlace } from '../../../test/lib/invitations-place.ts'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { UserRecord } from '../../db/entities/user-record.ts'
import { createLogger } from '../../platform/logger.ts'

const NOW = new Date('2026-03-04T05:06:07.089Z')
const TUESDAY = { startsAt: '2026-03-10T08:00:00.000Z', durationMinutes: 45, timeZone: 'Europe/Vienna' }
const WEDNESDAY = { ...TUESDAY, startsAt: '2026-03-11T13:00:00.000Z' }
const ACCEPT = { answer: 'accept' } as const

describe('an invitation', () => {
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

  async function account(email: string, name: string, row: object = {}) {
    const id = await insertUser(database, { email, emailKey: email, name, ...row })
    return { id, userId: id, name, email }
  }
  async function create(title = 'Planning', schedule: typeof TUESDAY | null = TUESDAY): Promise<MeetingId> {
    now = new Date(now.getTime() + 1)
    return (await place.meetings.create({ title, ...(schedule && { schedule }) }, ana)).id
  }
  async function invite(meetingId: MeetingId, email = 'bo@example.org') {
    const meeting = await place.meetings.find(meetingId)
    const [invitation] = await place.invitations.invite(meeting, [{ email, role: 'presenter' }])
    if (!invitation) throw new Error('nobody was invited')
    place.mails.length = 0
    return { id: invitation.id, token: place.links.tokenOf(invitation.id) }
  }
  const titles = async (userId: UserId, query: Parameters<typeof place.received.received>[1] = {}) =>
    (await place.received.received(userId, query)).items.map(({ meeting }) => meeting.title)

  describe('is opened by its link', () => {
    it('with the meeting as invited people see it', async () => {
      const { id, token } = await invite(await create())
      expect(await place.received.open(token)).toMatchObject({
        id,
        email: 'bo@example.org',
        name: null,
        role: 'presenter',
        status: 'pending',
        organiser: 'Ana',
        meeting: {
          title: 'Planning',
          schedule: TUESDAY,
          details: { relation: 'invited', answer: 'pending' },
        },
      })
    })

    it('also when the meeting was cancelled, but not when it is gone', async () => {
      const meetingId = await create()
      const { token } = await invite(meetingId)
      await place.meetings.cancel(meetingId, ana)
      expect(await place.received.open(token)).toMatchObject({ meeting: { state: 'cancelled' } })
      await place.meetings.remove(meetingId, ana)
      await expect(place.received.open(token)).rejects.toMatchObject({ code: 'token_invalid' })
    })

    it('by no other', async () => {
      const { id, token } = await invite(await create())
      const forged = [
        `${id}.${'A'.repeat(43)}`,
        id,
        'x'.repeat(100),
        place.links.tokenOf(InvitationId.parse(randomUUID())),
      ]
      for (const bad of [...forged, `${token}A`]) {
        await expect(place.received.open(bad)).rejects.toMatchObject({ code: 'token_invalid' })
        await expect(place.received.answerByLink(bad, ACCEPT)).rejects.toMatchObject({
          code: 'token_invalid',
        })
        expect(await place.received.addressOf(bad)).toBeNull()
      }
      expect(await place.received.addressOf(token)).toBe('bo@example.org')
    })
  })

  describe('is answered', () => {
    it('by its link, without an account; the owner gets a letter and a notice', async () => {
      const meetingId = await create()
      const { token } = await invite(meetingId)
      const answer = { answer: 'decline', note: 'On holiday.', name: 'Bo' } as const
      expect(await place.received.answerByLink(token, answer)).toMatchObject({
        name: 'Bo',
        status: 'declined',
        note: 'On holiday.',
        meeting: { details: { answer: 'declined' } },
      })
      expect(place.mails).toMatchObject([
        { to: { address: 'ana@example.org', name: 'Ana' }, subject: 'Bo declines: Planning' },
      ])
      expect(place.mails[0]?.text).toContain('On holiday.')
      expect(place.told).toEqual([{ to: ana.userId, kind: 'answered', detail: 'declined' }])
      expect(await place.invitations.list(meetingId, ana.userId)).toMatchObject([
        { name: 'Bo', status: 'declined', note: 'On holiday.', answeredAt: now.toISOString() },
      ])
    })

    it('by the account that it was sent to, and by no other', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const cy = await account('cy@example.org', 'Cy')
      const { id } = await invite(await create())
      for (const other of [cy, ana])
        await expect(place.received.answer(id, other, ACCEPT)).rejects.toMatchObject({
          code: 'not_found',
          message: 'There is no such invitation.',
        })
      const missing = InvitationId.parse(randomUUID())
      await expect(place.received.answer(missing, bo, ACCEPT)).rejects.toMatchObject({ code: 'not_found' })
      expect(await place.received.answer(id, bo, ACCEPT)).toMatchObject({ name: 'Bo', status: 'accepted' })
      expect(place.mails.map(({ subject }) => subject)).toEqual(['Bo accepts: Planning'])
    })

    it('with another time, which the owner is shown', async () => {
      const { token } = await invite(await create())
      const proposal = { ...WEDNESDAY, recurrence: 'FREQ=DAILY' }
      const answered = await place.received.answerByLink(token, {
        answer: 'propose',
        proposal,
        note: 'Later?',
      })
      expect(answered).toMatchObject({ status: 'proposed', proposal: WEDNESDAY, note: 'Later?' })
      expect(place.mails[0]?.subject).toBe('bo@example.org proposes another time: Planning')
      expect(place.mails[0]?.text).toContain(
        'Proposed: Wednesday, 11 March 2026, 14:00–14:45 (Europe/Vienna)',
      )
      expect(place.told).toEqual([{ to: ana.userId, kind: 'time_proposed', detail: 'proposed' }])
    })

    it('otherwise as often as somebody changes their mind; an answer takes a proposal back', async () => {
      const { token } = await invite(await create())
      await place.received.answerByLink(token, { answer: 'propose', proposal: WEDNESDAY })
      expect(await place.received.answerByLink(token, ACCEPT)).toMatchObject({
        status: 'accepted',
        proposal: null,
      })
      expect(await place.received.answerByLink(token, { answer: 'decline' })).toMatchObject({
        status: 'declined',
      })
      expect(place.mails).toHaveLength(3)
    })

    it('again without bothering the owner', async () => {
      const { token } = await invite(await create())
      const propose = { answer: 'propose', proposal: WEDNESDAY } as const
      for (const answer of [ACCEPT, ACCEPT, propose, propose]) {
        now = new Date(now.getTime() + 1)
        await place.received.answerByLink(token, answer)
      }
      expect(place.mails.map(({ subject }) => subject)).toEqual([
        'bo@example.org accepts: Planning',
        'bo@example.org proposes another time: Planning',
      ])
    })

    it('twice at once, and the owner hears of it once', async () => {
      const { token } = await invite(await create())
      await Promise.all([1, 2, 3].map(() => place.received.answerByLink(token, ACCEPT)))
      expect(place.mails).toHaveLength(1)
      expect(place.told).toHaveLength(1)
    })

    it('no more when the meeting was cancelled', async () => {
      const meetingId = await create()
      const { token } = await invite(meetingId)
      await place.meetings.cancel(meetingId, ana)
      await expect(place.received.answerByLink(token, ACCEPT)).rejects.toMatchObject({
        code: 'conflict',
        message: 'The meeting is over, or was cancelled.',
      })
    })

    it('with no time that cannot be', async () => {
      const { token } = await invite(await create())
      const past = { ...TUESDAY, startsAt: '2026-03-03T08:00:00.000Z' }
      await expect(
        place.received.answerByLink(token, { answer: 'propose', proposal: past }),
      ).rejects.toMatchObject({ code: 'bad_request' })
      const untimed = await invite(await create('Chat', null))
      await expect(
        place.received.answerByLink(untimed.token, { answer: 'propose', proposal: WEDNESDAY }),
      ).rejects.toMatchObject({ code: 'conflict' })
      expect(place.mails).toEqual([])
    })
  })

  describe('belongs to an account', () => {
    it('once the account has proved its address, with what is still to come told', async () => {
      const meetingId = await create()
      await invite(meetingId)
      const over = await create('Over')
      await invite(over)
      await place.meetings.cancel(over, ana)
      const bo = await account('bo@example.org', 'Bo', { emailVerifiedAt: null })
      place.told.length = 0
      await invite(await create('Later'), 'bo@example.org')
      expect(place.told).toEqual([])
      expect(await titles(bo.userId)).toEqual([])
      await place.received.accountConfirmed({ ...bo, email: 'BO@example.org' })
      expect(place.told).toEqual([
        { to: bo.userId, kind: 'invited' },
        { to: bo.userId, kind: 'invited' },
      ])
      expect(await titles(bo.userId)).toEqual(['Later', 'Planning'])
      expect(await place.invitations.list(meetingId, ana.userId)).toMatchObject([
        { name: 'Bo', hasAccount: true },
      ])
      await place.received.accountConfirmed(bo)
      expect(place.told).toHaveLength(2)
    })

    it('no more when the account is gone, and to the next one with its address', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const { id } = await invite(await create())
      await database.fork().nativeDelete(UserRecord, { id: bo.id })
      const again = await account('bo@example.org', 'Bo')
      await expect(place.received.answer(id, again, ACCEPT)).rejects.toMatchObject({ code: 'not_found' })
      await place.received.accountConfirmed(again)
      expect(await place.received.answer(id, again, ACCEPT)).toMatchObject({ status: 'accepted' })
    })
  })

  describe('is listed for its account', () => {
    it('latest first, page by page, by its answer', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const ids: InvitationId[] = []
      for (const title of ['one', 'two', 'three']) ids.push((await invite(await create(title))).id)
      await invite(await create('not mine'), 'cy@example.org')
      const first = await place.received.received(bo.userId, { limit: 2 })
      expect(first.items.map(({ meeting }) => meeting.title)).toEqual(['three', 'two'])
      expect(await titles(bo.userId, { limit: 2, cursor: first.nextCursor ?? '' })).toEqual(['one'])
      await place.received.answer(InvitationId.parse(ids[1]), bo, ACCEPT)
      expect(await titles(bo.userId, { status: 'pending' })).toEqual(['three', 'one'])
      expect(await titles(bo.userId, { status: 'accepted' })).toEqual(['two'])
    })

    it('until the meeting is over', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const [kept, cancelled, removed] = [
        await create('kept'),
        await create('cancelled'),
        await create('removed'),
      ]
      for (const meetingId of [kept, cancelled, removed]) await invite(meetingId)
      await place.meetings.cancel(cancelled, ana)
      await place.meetings.remove(removed, ana)
      expect(await titles(bo.userId)).toEqual(['kept'])
    })

    it('as part of what a user takes with them', async () => {
      const bo = await account('bo@example.org', 'Bo')
      const { id } = await invite(await create())
      expect(await place.received.exportOf(bo.userId)).toMatchObject([{ id, email: 'bo@example.org' }])
      expect(await place.received.exportOf(ana.userId)).toEqual([])
    })
  })

  it('gives no role to somebody who declined, until they change their mind', async () => {
    const meetingId = await create()
    const { token } = await invite(meetingId)
    const who = { userId: null, invitationToken: token }
    await place.received.answerByLink(token, { answer: 'decline' })
    expect(await place.received.invitationOf(meetingId, who)).toBeNull()
    await place.received.answerByLink(token, ACCEPT)
    expect(await place.received.invitationOf(meetingId, who)).toMatchObject({ role: 'presenter' })
  })

  describe('codes', () => {
    it('go to the invited address and turn into a proof', async () => {
      const { token, id } = await invite(await create())
      await place.received.sendCode(token)
      const mail = place.mails.at(-1)
      const [code = ''] = /^\d{6}/.exec(mail?.subject ?? '') ?? []
      expect(mail).toMatchObject({ to: { address: 'bo@example.org' }, text: expect.stringContaining(code) })
      expect(await place.options.codes.isProof(id, await place.received.redeemCode(token, code))).toBe(true)
    })

    it('are refused for forged links and meetings that are over', async () => {
      const meetingId = await create()
      const { token } = await invite(meetingId)
      await expect(place.received.sendCode('forged')).rejects.toMatchObject({ code: 'token_invalid' })
      await expect(place.received.redeemCode('forged', '123456')).rejects.toMatchObject({
        code: 'token_invalid',
      })
      await place.meetings.cancel(meetingId, ana)
      await expect(place.received.sendCode(token)).rejects.toMatchObject({ code: 'conflict' })
    })
  })

  it('says what somebody will be in its meeting, and in no other', async () => {
    const bo = await account('bo@example.org', 'Bo')
    const [meetingId, other] = [await create(), await create()]
    const { token } = await invite(meetingId)
    const roleOf = async (id: MeetingId, userId: UserId | null, invitationToken?: string) =>
      (await place.received.invitationOf(id, { userId, invitationToken }))?.role ?? null
    expect(await roleOf(meetingId, bo.userId)).toBe('presenter')
    expect(await roleOf(meetingId, null, token)).toBe('presenter')
    expect(await roleOf(meetingId, bo.userId, 'forged')).toBe('presenter')
    expect(await roleOf(meetingId, ana.userId)).toBeNull()
    expect(await roleOf(meetingId, null, 'forged')).toBeNull()
    expect(await roleOf(meetingId, null)).toBeNull()
    expect(await roleOf(other, bo.userId, token)).toBeNull()
  })
})
