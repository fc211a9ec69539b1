import { randomUUID } from 'node:crypto'
import { InvitationId, type MeetingId, type UserId } from '@video-meet/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { MembershipRecord } from '../../src/db/entities/membership-record.ts'
import { UserRecord } from '../../src/db/entities/user-record.ts'
import type { StoredInvitation } from '../../src/features/invitations/invitation.ts'
import { createInvitationsStore } from '../../src/features/invitations/invitations-store.ts'
import { createMeetingsStore } from '../../src/features/meetings/meetings-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertMeeting, insertUser } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))
const PROPOSAL = { startsAt: '2026-08-01T08:00:00.000Z', durationMinutes: 45, timeZone: 'Europe/Vienna' }

function newInvitation(
  meetingId: MeetingId,
  change: Partial<StoredInvitation> & { readonly minute?: number } = {},
): StoredInvitation {
  const { minute = 0, ...rest } = change
  return {
    id: InvitationId.parse(randomUUID()),
    meetingId,
    userId: null,
    email: `Bö.${randomUUID()}@Example.org`,
    name: null,
    role: 'participant',
    status: 'pending',
    note: null,
    proposal: null,
    answeredAt: null,
    createdAt: at(minute),
    ...rest,
  }
}

export const testInvitationsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createInvitationsStore(database())
  let ownerId: UserId
  let userId: UserId
  let meetingId: MeetingId
  beforeEach(async () => {
    ownerId = await insertUser(database())
    userId = await insertUser(database())
    meetingId = await insertMeeting(database(), { owner: ownerId })
  })

  async function add(...invitations: StoredInvitation[]) {
    for (const invitation of invitations) expect(await store().add(invitation)).toBe(true)
  }
  const memberships = async (user: UserId) =>
    (await database().fork().find(MembershipRecord, { user })).map(
      ({ meeting, relation, past, at: time }) => ({
        meeting: meeting.id,
        relation,
        past,
        at: time,
      }),
    )

  describe('adds', () => {
    it('what it was given, to the letter and the millisecond', async () => {
      const answered = { status: 'proposed', note: 'Añejo 🎉\n100%', answeredAt: at(9) } as const
      const full = newInvitation(meetingId, {
        userId,
        name: 'Bö',
        proposal: PROPOSAL,
        minute: 1,
        ...answered,
      })
      const plain = newInvitation(meetingId)
      await add(full, plain)
      expect(await store().find(full.id)).toEqual(full)
      expect(await store().listOf(meetingId)).toEqual([plain, full])
      expect(await store().listOfUser(userId)).toEqual([full])
    })

    it('nobody twice, however their address is written, and however many add them at once', async () => {
      const email = `Bö.${randomUUID()}@example.org`
      const added = await Promise.all(
        [email, email.toUpperCase(), email.normalize('NFD'), email].map((written) =>
          store().add(newInvitation(meetingId, { email: written })),
        ),
      )
      expect(added.filter(Boolean)).toHaveLength(1)
      await add(newInvitation(await insertMeeting(database()), { email }))
    })

    it('many at once', async () => {
      const invitations = Array.from({ length: 8 }, () => newInvitation(meetingId))
      expect(await Promise.all(invitations.map((invitation) => store().add(invitation)))).not.toContain(false)
      expect(await store().listOf(meetingId)).toHaveLength(8)
    })

    it('nobody to a meeting that is over or gone', async () => {
      for (const state of ['ended', 'closed', 'cancelled'])
        expect(await store().add(newInvitation(await insertMeeting(database(), { state })))).toBe(false)
      await database().fork().nativeDelete(MeetingRecord, { id: meetingId })
      expect(await store().add(newInvitation(meetingId))).toBe(false)
    })

    it('the meeting to the list of an account, where it stands in that of its owner', async () => {
      const place = { past: true, at: at(30) }
      await database().fork().nativeUpdate(MembershipRecord, { user: ownerId }, place)
      await add(newInvitation(meetingId, { userId }))
      expect(await memberships(userId)).toEqual([{ meeting: meetingId, relation: 'invited', ...place }])
    })

    it('nothing to the list of its owner, where it stands already', async () => {
      await add(newInvitation(meetingId, { userId: ownerId }))
      expect(await memberships(ownerId)).toMatchObject([{ relation: 'owner' }])
    })
  })

  describe('finds', () => {
    it('whom a meeting knows by their account or their link', async () => {
      const invitation = newInvitation(meetingId, { userId })
      await add(invitation)
      const other = await insertMeeting(database())
      expect(await store().findFor(meetingId, { userId })).toEqual(invitation)
      expect(await store().findFor(meetingId, { id: invitation.id })).toEqual(invitation)
      expect(await store().findFor(other, { userId })).toBeNull()
      expect(await store().findFor(other, { id: invitation.id })).toBeNull()
      expect(await store().find(InvitationId.parse(randomUUID()))).toBeNull()
    })

    it('accounts by their confirmed address, in any case', async () => {
      const email = `Bö.${randomUUID()}@example.org`
      const row = { email, emailKey: email.toLowerCase(), name: 'Bö' }
      const id = await insertUser(database(), { ...row, emailVerifiedAt: null })
      expect(await store().accountWith(email)).toBeNull()
      const em = database().fork()
      await em.nativeUpdate(UserRecord, { id }, { emailVerifiedAt: at(0), state: 'disabled' })
      expect(await store().accountWith(email)).toBeNull()
      await em.nativeUpdate(UserRecord, { id }, { state: 'active' })
      expect(await store().accountWith(email.toUpperCase().normalize('NFD'))).toEqual({ id, name: 'Bö' })
    })

    it('what a user received to meetings to come, latest first, page by page', async () => {
      const received: StoredInvitation[] = []
      for (const minute of [0, 1, 1, 2]) {
        const invitation = newInvitation(await insertMeeting(database()), { userId, minute })
        received.unshift(invitation)
        await add(invitation)
      }
      const over = newInvitation(meetingId, { userId, minute: 3 })
      await add(over, newInvitation(meetingId, { userId: ownerId }))
      await database()
        .fork()
        .nativeUpdate(MembershipRecord, { user: userId, meeting: meetingId }, { past: true })
      const page = { userId, status: undefined, after: null, limit: 9 }
      const all = await store().listReceived(page)
      expect(all.map(({ createdAt }) => createdAt)).toEqual([at(2), at(1), at(1), at(0)])
      expect(new Set(all)).toEqual(new Set(received))
      for (const [index, { createdAt, id }] of all.entries())
        expect(await store().listReceived({ ...page, after: { at: createdAt, id }, limit: 2 })).toEqual(
          all.slice(index + 1, index + 3),
        )
      const [first] = all
      await store().change(first?.id ?? over.id, { status: 'accepted' })
      expect(await store().listReceived({ ...page, status: 'accepted' })).toMatchObject([{ id: first?.id }])
      expect(await store().listReceived({ ...page, status: 'pending' })).toHaveLength(3)
    })

    it('by index', async () => {
      const invitation = newInvitation(meetingId, { userId })
      await add(invitation)
      const position = { at: at(1), id: invitation.id }
      const queries = await sqlOf(database(), async () => {
        await store().find(invitation.id)
        await store().findFor(meetingId, { userId })
        await store().listOf(meetingId)
        await store().listOfUser(userId)
        await store().listReceived({ userId, status: undefined, after: null, limit: 26 })
        await store().listReceived({ userId, status: 'pending', after: position, limit: 26 })
        await store().accountWith(invitation.email)
        await store().change(invitation.id, { role: 'moderator' }, { status: 'pending', answeredAt: null })
      })
      expect(queries).toHaveLength(8)
      for (const sql of queries) await expectIndexed(database(), dialect, sql)
    })
  })

  describe('changes', () => {
    it('an invitation that is as it was, and tells whether it was', async () => {
      const invitation = newInvitation(meetingId)
      await add(invitation)
      const answer = { status: 'proposed', note: 'ü', proposal: PROPOSAL, answeredAt: at(5) } as const
      const before = { status: 'pending', answeredAt: null } as const
      expect(await store().change(invitation.id, answer, before)).toBe(true)
      expect(await store().find(invitation.id)).toEqual({ ...invitation, ...answer })
      expect(await store().change(invitation.id, { status: 'declined' }, before)).toBe(false)
      const later = { status: 'proposed', answeredAt: at(6) } as const
      expect(await store().change(invitation.id, { status: 'declined' }, later)).toBe(false)
      const now = { status: 'proposed', answeredAt: at(5) } as const
      expect(await store().change(invitation.id, answer, now)).toBe(true)
      await store().change(invitation.id, { proposal: null })
      expect(await store().find(invitation.id)).toMatchObject({ status: 'proposed', proposal: null })
    })

    it('one for the first of those who change it at once', async () => {
      const invitation = newInvitation(meetingId)
      await add(invitation)
      const before = { status: 'pending', answeredAt: null } as const
      const changed = await Promise.all(
        Array.from({ length: 6 }, (_, minute) =>
          store().change(invitation.id, { status: 'accepted', answeredAt: at(minute) }, before),
        ),
      )
      expect(changed.filter(Boolean)).toHaveLength(1)
    })

    it('none that is gone', async () => {
      expect(await store().change(InvitationId.parse(randomUUID()), { role: 'observer' })).toBe(false)
    })

    it('answers to questions again, but for those who wanted it so', async () => {
      const answered = { answeredAt: at(1), note: 'ü' }
      const [agreed, accepted, declined, pending] = [
        newInvitation(meetingId, { ...answered, status: 'proposed', proposal: PROPOSAL, minute: 1 }),
        newInvitation(meetingId, { ...answered, status: 'accepted', minute: 2 }),
        newInvitation(meetingId, { ...answered, status: 'declined', proposal: PROPOSAL, minute: 3 }),
        newInvitation(meetingId, { minute: 4 }),
      ]
      const elsewhere = newInvitation(await insertMeeting(database()), { ...answered, status: 'accepted' })
      await add(agreed, accepted, declined, pending, elsewhere)
      await store().askAgain(meetingId, [agreed.id], at(9))
      const asked = { status: 'pending', proposal: null, answeredAt: null }
      expect(await store().listOf(meetingId)).toEqual([
        { ...agreed, status: 'accepted', proposal: null, answeredAt: at(9) },
        { ...accepted, ...asked },
        { ...declined, ...asked },
        pending,
      ])
      await store().askAgain(meetingId, [], at(9))
      expect((await store().listOf(meetingId)).map(({ status }) => status)).toEqual(Array(4).fill('pending'))
      expect(await store().find(elsewhere.id)).toEqual(elsewhere)
    })
  })

  describe('removes', () => {
    it('an invitation once, and the meeting from the list of the account', async () => {
      const invitation = newInvitation(meetingId, { userId })
      await add(invitation)
      const removed = await Promise.all([store().remove(invitation.id), store().remove(invitation.id)])
      expect(removed.filter((each) => each !== null)).toEqual([invitation])
      expect(await store().find(invitation.id)).toBeNull()
      expect(await memberships(userId)).toEqual([])
      expect(await memberships(ownerId)).toHaveLength(1)
    })

    it('invitations while their meeting moves, gets others, or goes', async () => {
      const meetings = createMeetingsStore(database())
      for (let round = 0; round < 8; round += 1) {
        const meeting = await insertMeeting(database(), { owner: ownerId })
        const users = [await insertUser(database()), await insertUser(database()), userId]
        const invitations = users.map((user) => newInvitation(meeting, { userId: user }))
        await add(...invitations)
        await Promise.all([
          meetings.settle(meeting, { past: true, at: at(round) }),
          ...invitations.map(({ id }) => store().remove(id)),
          store().add(newInvitation(meeting, { userId: ownerId })),
          store().askAgain(meeting, [], at(1)),
          ...(round % 2 ? [meetings.remove(meeting)] : []),
        ])
        expect((await memberships(userId)).filter((each) => each.meeting === meeting)).toEqual([])
      }
    })

    it('the account from an invitation when it goes, and all when their meeting goes', async () => {
      const invitation = newInvitation(meetingId, { userId })
      await add(invitation)
      await database().fork().nativeDelete(UserRecord, { id: userId })
      expect(await store().find(invitation.id)).toEqual({ ...invitation, userId: null })
      await database().fork().nativeDelete(MeetingRecord, { id: meetingId })
      expect(await store().find(invitation.id)).toBeNull()
    })
  })

  describe('gives to an account', () => {
    const email = () => `bo.${randomUUID()}@example.org`

    it('what was sent to its address, once', async () => {
      const bo = { id: userId, email: email(), name: 'Bo' }
      const [plain, named] = [
        newInvitation(meetingId, { email: bo.email.toUpperCase() }),
        newInvitation(await insertMeeting(database()), { email: bo.email, name: 'Robert', minute: 1 }),
      ]
      await add(plain, named, newInvitation(meetingId))
      const claimed = [
        { ...plain, userId, name: 'Bo' },
        { ...named, userId },
      ]
      expect(await store().claim(bo)).toEqual(claimed)
      expect(await store().listOfUser(userId)).toEqual(claimed)
      expect(await memberships(userId)).toHaveLength(2)
      expect(await store().claim(bo)).toEqual([])
    })

    it('nothing that is withdrawn at the same time', async () => {
      const bo = { id: userId, email: email(), name: 'Bo' }
      const invitations: StoredInvitation[] = []
      for (let count = 0; count < 4; count += 1)
        invitations.push(newInvitation(await insertMeeting(database()), { email: bo.email }))
      await add(...invitations)
      await Promise.all([store().claim(bo), ...invitations.map(({ id }) => store().remove(id))])
      expect(await store().listOfUser(userId)).toEqual([])
      expect(await memberships(userId)).toEqual([])
    })

    it('its own meeting only as its own', async () => {
      const ana = { id: ownerId, email: email(), name: 'Ana' }
      await add(newInvitation(meetingId, { email: ana.email }))
      await store().claim(ana)
      expect(await memberships(ownerId)).toMatchObject([{ relation: 'owner' }])
    })
  })
}
