import { randomBytes, randomUUID } from 'node:crypto'
import {
  InvitationId,
  type InvitedRole,
  MeetingCode,
  MeetingId,
  type MeetingPolicy,
  type ParsedInput,
  ParticipantId,
  UserId,
} from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createStoredMeeting } from '../../../test/lib/stored-meeting.ts'
import { CallState } from '../../room/call-state.ts'
import { createResumeTokens } from '../../room/resume-token.ts'
import { WaitingRooms } from '../../room/waiting-rooms.ts'
import { type Account, createDoor } from './admission.ts'
import { Calls } from './calls.ts'
import { createGuestTokens } from './guest-tokens.ts'
import { createHostTokens } from './host-tokens.ts'
import type { StoredMeeting } from './meeting.ts'

const NOW = new Date('2026-03-04T05:06:07.089Z')
const HOUR_MS = 3_600_000
const ADDRESS = '203.0.113.7'
const OWNER = UserId.parse(randomUUID())
const BEN = UserId.parse(randomUUID())
const INVITATION = InvitationId.parse(randomUUID())
const CODE = MeetingCode.parse('abcd-efghjk-mnpq')

function stored(change: Partial<StoredMeeting> = {}, policy: Partial<MeetingPolicy> = {}): StoredMeeting {
  const owner = { id: OWNER, name: 'Ana', email: 'ana@example.org' }
  return createStoredMeeting(policy, { createdAt: NOW, updatedAt: NOW, owner, ...change })
}

type Join = Partial<Omit<ParsedInput<'room.join'>, 'rtpCapabilities'>>

/** The door of one meeting. Access tokens are `of <name>`, invitation tokens `as <role>`. */
function door(meeting: StoredMeeting, isBusy = () => false) {
  const accounts: Record<string, Account> = {
    'of Ana': { userId: OWNER, sessionId: 'of ana', avatar: '/ana.webp' },
    'of Ben': { userId: BEN, sessionId: 'of ben', avatar: null },
  }
  const invited = new Map<UserId, InvitedRole>()
  const seated = new Set<string>()
  const tried: string[] = []
  const call = new CallState(meeting.policy, null)
  const hosts = createHostTokens(randomBytes(32))
  const resumes = createResumeTokens(randomBytes(32))
  const waitingRooms = new WaitingRooms(() => NOW.getTime())
  const banned = new Set<string>()
  let holder: string | undefined
  const nothingStored = { find: async () => null, save: async () => undefined, remove: async () => undefined }
  const its = createDoor({
    store: { findByCode: async (code) => (code === meeting.code ? meeting : undefined) },
    guests: createGuestTokens(randomBytes(32)),
    hosts,
    calls: new Calls({ store: nothingStored, live: () => call }),
    readResumeToken: (id, token) => resumes.read(id, token),
    tickets: waitingRooms,
    hasPlace: (id, key) => waitingRooms.hasPlace(id, key),
    isBanned: async (_, { key, address }) => banned.has(key) || banned.has(address),
    authenticate: async (token) => accounts[token] ?? null,
    invitationOf: async (_, { userId, invitationToken }) => {
      const ofAccount = (userId && invited.get(userId)) ?? null
      const byLink = invitationToken?.startsWith('as ') ? (invitationToken.slice(3) as InvitedRole) : null
      const role = ofAccount ?? byLink
      return role && { id: INVITATION, role, userId: ofAccount && userId }
    },
    provesInvitation: async (id, proof) => proof === `proof of ${id}`,
    isInvitationHeld: (_, { key, invitationId }) =>
      invitationId !== undefined && holder !== undefined && holder !== key,
    isSeated: (_, key) => seated.has(key),
    verifyPassword: async (hash, password) => {
      tried.push(password)
      if (isBusy()) throw new Error('busy')
      return hash === `hash of ${password}`
    },
    now: () => NOW,
  })
  const join = (change: Join = {}, address = ADDRESS) =>
    its.admit({ code: CODE, name: 'Somebody', rtpCapabilities: { codecs: [] }, ...change }, address)
  const knock = (change: Omit<Join, 'resumeToken' | 'ticket' | 'mediaSessionId'> = {}, address = ADDRESS) =>
    its.receive({ code: CODE, name: 'Somebody', ...change }, address)
  /** The resume token of somebody who has, or had, a seat. */
  const tokenOf = (key: string) =>
    resumes.issue(meeting.id, { participantId: ParticipantId.parse(randomUUID()), serial: 1, key })
  /** Holder of the seat that comes from the invitation. */
  const hold = (key: string | undefined) => void (holder = key)
  return { join, knock, hold, tokenOf, invited, seated, tried, call, banned, waitingRooms, hosts }
}

const refused = (code: string) => expect.objectContaining({ code })

describe('the door of a meeting', () => {
  it('is nowhere when there is no meeting with the code', async () => {
    const { join } = door(stored())
    await expect(join({ code: MeetingCode.parse('aaaa-aaaaaa-aaaa') })).rejects.toEqual(
      refused('meeting_not_found'),
    )
  })

  it('lets strangers in as guests whom it knows again, and says what the meeting is', async () => {
    const meeting = stored({ schedule: null })
    const { join } = door(meeting)
    const first = await join()
    expect(first).toEqual({
      meeting: { id: meeting.id, code: CODE, title: 'Planning', policy: meeting.policy, call: null },
      person: {
        key: expect.stringMatching(/^guest:[0-9a-f-]{36}$/),
        userId: null,
        sessionId: null,
        role: 'guest',
        avatar: null,
      },
      guestToken: expect.any(String),
      startMuted: false,
      claim: null,
      takesOver: false,
      confirm: expect.any(Function),
      seated: expect.any(Function),
    })
    const again = await join({ guestToken: first.guestToken ?? '' })
    expect(again.person.key).toBe(first.person.key)
    expect((await join()).person.key).not.toBe(first.person.key)
    expect((await join({ guestToken: 'forged' })).person.key).not.toBe(first.person.key)
  })

  it('lets people with accounts in by these, and the owner as host', async () => {
    const { join } = door(stored())
    expect(await join({ accessToken: 'of Ben', guestToken: 'any' })).toMatchObject({
      person: { key: `user:${BEN}`, userId: BEN, sessionId: 'of ben', role: 'participant' },
      guestToken: null,
    })
    expect((await join({ accessToken: 'of Ana' })).person).toMatchObject({
      role: 'host',
      avatar: '/ana.webp',
    })
  })

  it('gives those invited their role, with an account or by their personal link', async () => {
    const { join, invited } = door(stored())
    invited.set(BEN, 'moderator')
    invited.set(OWNER, 'observer')
    expect((await join({ accessToken: 'of Ben' })).person.role).toBe('moderator')
    expect((await join({ invitationToken: 'as presenter' })).person.role).toBe('presenter')
    expect((await join({ accessToken: 'of Ana' })).person.role).toBe('host')
  })

  it('refuses an access token that is not good, rather than making a guest of its bearer', async () => {
    const { join } = door(stored())
    await expect(join({ accessToken: 'of nobody' })).rejects.toEqual(refused('unauthorized'))
  })

  it('makes nobody host of a meeting that nobody owns', async () => {
    const { join } = door(stored({ owner: null }))
    expect((await join()).person.role).toBe('guest')
    expect((await join({ accessToken: 'of Ana' })).person.role).toBe('participant')
  })

  it('mutes who comes, but for the host', async () => {
    const { join } = door(stored({}, { startMuted: true }))
    expect(await join()).toMatchObject({ startMuted: true })
    expect(await join({ accessToken: 'of Ana' })).toMatchObject({ startMuted: false })
  })
})

describe('the door of a meeting that is over', () => {
  const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS)
  it.each([
    ['was cancelled', stored({ state: 'cancelled' })],
    ['was ended by its host', stored({ state: 'closed', startedAt: NOW, endedAt: NOW })],
    ['was never used', stored({ createdAt: ago(24) })],
    [
      'was left long ago',
      stored({ state: 'ended', createdAt: ago(50), startedAt: ago(30), endedAt: ago(24) }),
    ],
    [
      'had its time long ago',
      stored({
        createdAt: ago(100),
        schedule: { startsAt: ago(25).toISOString(), durationMinutes: 60, timeZone: 'UTC' },
      }),
    ],
  ])('is closed, even for its owner, when it %s', async (_, meeting) => {
    const { join } = door(meeting)
    for (const accessToken of [undefined, 'of Ana'])
      await expect(join({ accessToken })).rejects.toEqual(refused('meeting_ended'))
  })

  it('lets those in who come back in time', async () => {
    const over = { createdAt: ago(50), startedAt: ago(30), endedAt: ago(23.9) }
    expect(await door(stored({ state: 'ended', ...over })).join()).toBeDefined()
    const schedule = { startsAt: ago(24.9).toISOString(), durationMinutes: 60, timeZone: 'UTC' }
    expect(await door(stored({ createdAt: ago(100), schedule })).join()).toBeDefined()
  })
})

describe('the door of a meeting for some', () => {
  it('wants people with accounts, or invited ones, when it is for users', async () => {
    const { join } = door(stored({}, { join: 'users' }))
    await expect(join()).rejects.toEqual(refused('sign_in_required'))
    expect(await join({ accessToken: 'of Ben' })).toBeDefined()
    expect(await join({ invitationToken: 'as participant' })).toBeDefined()
  })

  it('wants invited people when it is for these, and tells strangers no more than to sign in', async () => {
    const { join, invited } = door(stored({}, { join: 'invited' }))
    await expect(join()).rejects.toEqual(refused('sign_in_required'))
    await expect(join({ invitationToken: 'forged' })).rejects.toEqual(refused('sign_in_required'))
    await expect(join({ accessToken: 'of Ben' })).rejects.toEqual(refused('not_invited'))
    invited.set(BEN, 'participant')
    expect(await join({ accessToken: 'of Ben' })).toBeDefined()
    expect(await join({ accessToken: 'of Ana' })).toBeDefined()
    expect(await join({ invitationToken: 'as observer' })).toBeDefined()
  })

  it('lets nobody stay who is not invited any more', async () => {
    const { join, seated } = door(stored({}, { join: 'invited' }))
    seated.add(`user:${BEN}`)
    await expect(join({ accessToken: 'of Ben' })).rejects.toEqual(refused('not_invited'))
  })
})

describe('the door of a meeting that waits for its host', () => {
  const waiting = { joinBeforeHost: false }

  it('opens for its host and moderators only', async () => {
    const { join, invited } = door(stored({}, waiting))
    await expect(join()).rejects.toEqual(refused('not_open_yet'))
    for (const role of ['presenter', 'participant', 'observer'])
      await expect(join({ invitationToken: `as ${role}` })).rejects.toEqual(refused('not_open_yet'))
    await expect(join({ accessToken: 'of Ben' })).rejects.toEqual(refused('not_open_yet'))
    invited.set(BEN, 'moderator')
    expect(await join({ accessToken: 'of Ben' })).toBeDefined()
    expect(await join({ accessToken: 'of Ana' })).toBeDefined()
  })

  it('opens for all when it has begun, and closes when it is over', async () => {
    expect(await door(stored({ startedAt: NOW }, waiting)).join()).toBeDefined()
    const { join } = door(stored({ startedAt: NOW, endedAt: NOW }, waiting))
    await expect(join()).rejects.toEqual(refused('not_open_yet'))
  })

  it('stays open for who has a seat', async () => {
    const { join, seated } = door(stored({}, waiting))
    seated.add(`user:${BEN}`)
    expect(await join({ accessToken: 'of Ben' })).toBeDefined()
  })
})

describe('the door of a meeting with a password', () => {
  const locked = () => stored({ passwordHash: 'hash of sesame' })

  it('asks for it, and knows it', async () => {
    const { join } = door(locked())
    await expect(join()).rejects.toEqual(refused('password_required'))
    await expect(join({ password: 'open' })).rejects.toEqual(refused('wrong_password'))
    expect(await join({ password: 'sesame' })).toBeDefined()
    await expect(join({ accessToken: 'of Ben' })).rejects.toEqual(refused('password_required'))
  })

  it('asks neither the owner, nor those invited, nor who has a seat', async () => {
    const { join, seated, tried } = door(locked())
    expect(await join({ accessToken: 'of Ana' })).toBeDefined()
    expect(await join({ invitationToken: 'as participant' })).toBeDefined()
    const { person, guestToken } = await join({ password: 'sesame' })
    seated.add(person.key)
    expect(await join({ guestToken: guestToken ?? '' })).toBeDefined()
    expect(tried).toEqual(['sesame'])
  })

  it('hears five wrong ones of a network, then none, not even the right one', async () => {
    const { join, tried } = door(locked())
    for (let n = 0; n < 5; n += 1)
      await expect(join({ password: `${n}` })).rejects.toEqual(refused('wrong_password'))
    await expect(join({ password: 'sesame' })).rejects.toMatchObject({
      code: 'rate_limited',
      details: { retryAfterSeconds: 120 },
    })
    expect(tried).toHaveLength(5)
    expect(await join({ password: 'sesame' }, '203.0.113.8')).toBeDefined()
  })

  it('hears no more at once from a network than one after the other', async () => {
    const { join, tried } = door(locked())
    await Promise.allSettled(Array.from({ length: 20 }, (_, n) => join({ password: `${n}` })))
    expect(tried).toHaveLength(5)
  })

  it('hears fifteen wrong ones at once of all networks together; who comes then has to be let in', async () => {
    const { join, tried } = door(locked())
    const tries = Array.from({ length: 16 }, (_, n) => join({ password: 'x' }, `203.0.113.${n}`))
    const codes = (await Promise.allSettled(tries)).map((result) =>
      result.status === 'rejected' ? (result.reason as { code: string }).code : 'in',
    )
    expect(codes.filter((code) => code === 'wrong_password')).toHaveLength(15)
    // Which of them is not heard depends on whose turn it is.
    expect(codes.filter((code) => code === 'waiting_room')).toHaveLength(1)
    expect(tried).toHaveLength(15)
  })

  it('takes no notice of how many know it', async () => {
    const { join } = door(locked())
    for (let n = 0; n < 40; n += 1) expect(await join({ password: 'sesame' })).toBeDefined()
  })

  it('counts none that could not be looked at', async () => {
    let busy = true
    const { join } = door(locked(), () => busy)
    for (let n = 0; n < 40; n += 1) await expect(join({ password: 'x' })).rejects.toThrow('busy')
    busy = false
    expect(await join({ password: 'sesame' })).toBeDefined()
  })
})

describe('the door of a meeting made without an account', () => {
  it('makes whoever made it the host', async () => {
    const meeting = stored({ owner: null })
    const { join, hosts } = door(meeting)
    const hostToken = await hosts.issue(meeting.id)
    expect((await join({ hostToken })).person.role).toBe('host')
    const other = await hosts.issue(MeetingId.parse(randomUUID()))
    expect((await join({ hostToken: other })).person.role).toBe('guest')
  })

  it('takes no such token for a meeting that somebody owns', async () => {
    const meeting = stored()
    const { join, hosts } = door(meeting)
    expect((await join({ hostToken: await hosts.issue(meeting.id) })).person.role).toBe('guest')
  })
})

describe('the door of a meeting that opens at its time', () => {
  const inMinutes = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000).toISOString()
  const schedule = { startsAt: inMinutes(20), durationMinutes: 30, timeZone: 'UTC' }

  it('says when that is', async () => {
    const { join, invited } = door(stored({ schedule }, { opensMinutesBefore: 15 }))
    await expect(join()).rejects.toMatchObject({
      code: 'not_open_yet',
      details: { opensAt: inMinutes(5) },
    })
    invited.set(BEN, 'moderator')
    expect(await join({ accessToken: 'of Ben' })).toBeDefined()
  })

  it('is open from then on, and earlier when it has begun', async () => {
    expect(await door(stored({ schedule }, { opensMinutesBefore: 20 })).join()).toBeDefined()
    expect(await door(stored({ schedule, startedAt: NOW }, { opensMinutesBefore: 0 })).join()).toBeDefined()
  })
})

describe('the door of a locked call', () => {
  it('lets in hosts and moderators, and those who were in', async () => {
    const { join, call, invited, seated, tokenOf } = door(stored())
    call.change({ locked: true })
    await expect(join()).rejects.toEqual(refused('meeting_locked'))
    await expect(join({ invitationToken: 'as presenter' })).rejects.toEqual(refused('meeting_locked'))
    expect(await join({ accessToken: 'of Ana' })).toBeDefined()
    expect(await join({ resumeToken: await tokenOf('guest:1') })).toBeDefined()
    seated.add(`user:${BEN}`)
    expect(await join({ accessToken: 'of Ben' })).toBeDefined()
    seated.clear()
    invited.set(BEN, 'moderator')
    expect(await join({ accessToken: 'of Ben' })).toBeDefined()
  })
})

describe('the waiting room', () => {
  it.each([
    ['nobody', []],
    ['guests', ['stranger']],
    ['not_invited', ['stranger', 'Ben']],
    ['everyone', ['stranger', 'Ben', 'presenter']],
  ] as const)('is for %s', async (waitingRoom, waiting) => {
    const { knock } = door(stored({}, { waitingRoom }))
    const visitors = {
      stranger: await knock(),
      Ben: await knock({ accessToken: 'of Ben' }),
      presenter: await knock({ invitationToken: 'as presenter' }),
      moderator: await knock({ invitationToken: 'as moderator' }),
      owner: await knock({ accessToken: 'of Ana' }),
    }
    const names = Object.entries(visitors).filter(([, { mustWait }]) => mustWait)
    expect(names.map(([name]) => name)).toEqual(waiting)
  })

  it('is left with a ticket that is good once, for one person, for a minute', async () => {
    const { join, knock, waitingRooms } = door(stored({}, { waitingRoom: 'everyone' }))
    await expect(join()).rejects.toEqual(refused('waiting_room'))
    const visitor = await knock()
    const guestToken = visitor.guestToken ?? ''
    const ticket = waitingRooms.issueTicket(visitor)
    await expect(join({ ticket })).rejects.toEqual(refused('waiting_room'))
    const { seated } = await join({ guestToken, ticket })
    // The connection may be lost before they sit.
    expect(await join({ guestToken, ticket })).toBeDefined()
    seated()
    await expect(join({ guestToken, ticket })).rejects.toEqual(refused('waiting_room'))
  })

  it('is behind the password, and left without saying it again', async () => {
    const { join, knock, tried, waitingRooms } = door(
      stored({ passwordHash: 'hash of sesame' }, { waitingRoom: 'everyone' }),
    )
    await expect(knock({ password: 'x' })).rejects.toEqual(refused('wrong_password'))
    const visitor = await knock({ password: 'sesame' })
    const ticket = waitingRooms.issueTicket(visitor)
    expect(await join({ guestToken: visitor.guestToken ?? '', ticket })).toBeDefined()
    expect(tried).toEqual(['x', 'sesame'])
  })
})

describe('who was put out', () => {
  it('is refused with the seat they had, and has to be let in otherwise', async () => {
    const { join, knock, call, seated, tokenOf } = door(stored())
    const { person, guestToken } = await join()
    call.decide(person.key, { removed: true })
    seated.add(person.key)
    await expect(join({ resumeToken: await tokenOf(person.key) })).rejects.toEqual(refused('removed'))
    await expect(join({ guestToken: guestToken ?? '' })).rejects.toEqual(refused('waiting_room'))
    expect(await knock({ guestToken: guestToken ?? '' })).toMatchObject({ mustWait: true, wasRemoved: true })
  })

  it('does not come back when banned, under whatever name', async () => {
    const { join, banned, tokenOf } = door(stored())
    const { person, guestToken } = await join()
    banned.add(person.key)
    await expect(join({ guestToken: guestToken ?? '', name: 'Another' })).rejects.toEqual(refused('banned'))
    await expect(join({ resumeToken: await tokenOf(person.key) })).rejects.toEqual(refused('banned'))
    expect(await join()).toBeDefined()
    banned.add(ADDRESS)
    await expect(join()).rejects.toEqual(refused('banned'))
    // Whose meeting it is decides that.
    expect(await join({ accessToken: 'of Ana' })).toBeDefined()
  })

  it('cannot use a seat of an earlier call', async () => {
    const { join, call, tokenOf } = door(stored())
    call.change({ locked: true })
    const token = await tokenOf('guest:1')
    Object.defineProperty(call, 'since', { value: new Date(Date.now() + HOUR_MS) })
    await expect(join({ resumeToken: token })).rejects.toEqual(refused('meeting_locked'))
  })
})

describe('an invitation that is used in another browser', () => {
  const link = { invitationToken: 'as moderator' }

  it('keeps a second browser out', async () => {
    const { join, knock, hold } = door(stored({ schedule: null }))
    await join(link)
    hold('guest:first')
    for (const second of [join(link), knock(link), join({ ...link, takeOver: true })])
      await expect(second).rejects.toMatchObject({ code: 'invitation_in_use', details: { isProven: false } })
  })

  it('lets the same person in again', async () => {
    const { join, hold } = door(stored({ schedule: null }))
    const first = await join(link)
    hold(first.person.key)
    const again = await join({ ...link, guestToken: first.guestToken ?? '' })
    expect(again).toMatchObject({ person: { key: first.person.key, role: 'moderator' }, takesOver: false })
  })

  it('lets in who proves to read its email, in place of the first', async () => {
    const { join, hold } = door(stored({ schedule: null }))
    hold('guest:first')
    const proven = await join({ ...link, invitationProof: `proof of ${INVITATION}` })
    expect(proven).toMatchObject({ person: { role: 'moderator' }, takesOver: true })
    await expect(join({ ...link, invitationProof: 'forged' })).rejects.toEqual(refused('invitation_in_use'))
  })

  it('asks the invited account whether to switch', async () => {
    const { join, hold, invited } = door(stored({ schedule: null }))
    invited.set(BEN, 'presenter')
    hold('guest:first')
    const ben = { accessToken: 'of Ben' }
    await expect(join(ben)).rejects.toMatchObject({ code: 'invitation_in_use', details: { isProven: true } })
    expect(await join({ ...ben, takeOver: true })).toMatchObject({ takesOver: true })
  })

  it('counts only at the moment of coming in', async () => {
    const { join, hold } = door(stored({ schedule: null }))
    const { confirm } = await join(link)
    hold('guest:first')
    await expect(confirm()).rejects.toEqual(refused('invitation_in_use'))
  })

  it('leaves the way of uninvited guests open', async () => {
    const { join, hold } = door(stored({ schedule: null }))
    hold('guest:first')
    expect(await join()).toMatchObject({ person: { role: 'guest' } })
  })
})
