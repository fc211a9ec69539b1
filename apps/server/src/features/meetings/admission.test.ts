import { randomBytes, randomUUID } from 'node:crypto'
import {
  DEFAULT_POLICY,
  type InvitedRole,
  MeetingCode,
  MeetingId,
  type MeetingPolicy,
  type ParsedInput,
  UserId,
} from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { type Account, createAdmission } from './admission.ts'
import { createGuestTokens } from './guest-tokens.ts'
import type { StoredMeeting } from './meeting.ts'

const NOW = new Date('2026-03-04T05:06:07.089Z')
const HOUR_MS = 3_600_000
const ADDRESS = '203.0.113.7'
const OWNER = UserId.parse(randomUUID())
const BEN = UserId.parse(randomUUID())
const CODE = MeetingCode.parse('abcd-efghjk-mnpq')

function stored(change: Partial<StoredMeeting> = {}, policy: Partial<MeetingPolicy> = {}): StoredMeeting {
  return {
    id: MeetingId.parse(randomUUID()),
    code: CODE,
    title: 'Planning',
    createdAt: NOW,
    owner: { id: OWNER, name: 'Ana', email: 'ana@example.org' },
    description: '',
    agenda: '',
    schedule: null,
    policy: { ...DEFAULT_POLICY, ...policy },
    passwordHash: null,
    state: 'open',
    startedAt: null,
    endedAt: null,
    nextStartsAt: null,
    dueAt: null,
    remindAt: null,
    updatedAt: NOW,
    version: 1,
    sequence: 0,
    ...change,
  }
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
  const admit = createAdmission({
    store: { findByCode: async (code) => (code === meeting.code ? meeting : undefined) },
    guests: createGuestTokens(randomBytes(32)),
    authenticate: async (token) => accounts[token] ?? null,
    invitedRole: async (_, { userId, invitationToken }) =>
      (userId && invited.get(userId)) ??
      (invitationToken?.startsWith('as ') ? (invitationToken.slice(3) as InvitedRole) : null),
    isSeated: (_, key) => seated.has(key),
    verifyPassword: async (hash, password) => {
      tried.push(password)
      if (isBusy()) throw new Error('busy')
      return hash === `hash of ${password}`
    },
    now: () => NOW,
  })
  const join = (change: Join = {}, address = ADDRESS) =>
    admit({ code: CODE, name: 'Somebody', rtpCapabilities: { codecs: [] }, ...change }, address)
  return { join, invited, seated, tried }
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
      meeting: { id: meeting.id, code: CODE, title: 'Planning', policy: meeting.policy },
      person: {
        key: expect.stringMatching(/^guest:[0-9a-f-]{36}$/),
        userId: null,
        sessionId: null,
        role: 'guest',
        avatar: null,
      },
      guestToken: expect.any(String),
      startMuted: false,
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

  it('hears thirty wrong ones of all networks together', async () => {
    const { join, tried } = door(locked())
    const tries = Array.from({ length: 31 }, (_, n) => join({ password: 'x' }, `203.0.113.${n}`))
    const codes = (await Promise.allSettled(tries)).map((result) =>
      result.status === 'rejected' ? (result.reason as { code: string }).code : 'in',
    )
    expect(codes.filter((code) => code === 'wrong_password')).toHaveLength(30)
    // Which of them is not heard depends on whose turn it is.
    expect(codes.filter((code) => code === 'rate_limited')).toHaveLength(1)
    expect(tried).toHaveLength(30)
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
