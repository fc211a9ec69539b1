import type { UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createAccessTokens } from './access-tokens.ts'
import type { AccountsOptions } from './accounts-options.ts'
import { Accounts } from './accounts.ts'
import { Administration } from './administration.ts'
import { createApiTokensStore } from './api-tokens-store.ts'
import { ApiTokens } from './api-tokens.ts'
import { createKnownDevicesStore } from './known-devices-store.ts'
import { KnownDevices } from './known-devices.ts'
import { createAccountLetters } from './letters.ts'
import { createMailLinks } from './mail-links.ts'
import { createMailTokensStore } from './mail-tokens-store.ts'
import { createPasswords } from './passwords.ts'
import { createRefreshTokens } from './refresh-tokens.ts'
import { createSessionsStore } from './sessions-store.ts'
import { Sessions } from './sessions.ts'
import { SignInThrottle } from './sign-in-throttle.ts'
import { createUsersStore } from './users-store.ts'

const KEY = new Uint8Array(32).fill(7)
const DEVICE = { userAgent: 'Firefox', address: '192.0.2.1' }
const ANA = { email: 'Ana@example.org', name: 'Ana', password: 'correct horse battery' }
const BEN = { email: 'ben@example.org', name: 'Ben', password: 'staple of another horse' }

describe('accounts', () => {
  let database: Database
  let now = Date.parse('2026-03-04T05:06:07Z')
  const letters: { to: string; subject: string; text: string }[] = []
  const revoked: string[] = []
  /** Accounts whose meetings were deleted. */
  const cleared: string[] = []
  beforeEach(async () => {
    letters.length = 0
    revoked.length = 0
    cleared.length = 0
    database = await openDatabase({
      url: 'sqlite::memory:',
      dataDir: '/',
      log: createLogger({ level: 'silent' }),
    })
    await database.migrate()
  })
  afterEach(() => database.close())

  function open(patch: Partial<AccountsOptions> = {}) {
    const clock = () => new Date(now)
    const sessions = new Sessions({
      store: createSessionsStore(database),
      tokens: createRefreshTokens(KEY),
      now: clock,
    })
    sessions.on('revoked', (ids) => revoked.push(...ids))
    const store = createUsersStore(database)
    const apiTokens = new ApiTokens(createApiTokensStore(database), clock)
    const options: AccountsOptions = {
      store,
      sessions,
      passwords: createPasswords(2),
      accessTokens: createAccessTokens(KEY),
      mailLinks: createMailLinks({
        store: createMailTokensStore(database),
        findUser: (id) => store.findById(id),
        now: clock,
      }),
      apiTokens,
      devices: new KnownDevices(createKnownDevicesStore(database), clock),
      letters: createAccountLetters('https://meet.example.org'),
      throttle: new SignInThrottle(() => now),
      settings: { signUp: 'open' },
      mailKind: 'smtp',
      sendLetter: async ({ address }, _purpose, write) => {
        const { subject, text } = await write()
        letters.push({ to: address, subject, text })
        return true
      },
      invitedAddress: async (token) => (token === 'invitation of Ben' ? BEN.email : null),
      onConfirmed: async () => undefined,
      removeOwned: async ({ id }) => void cleared.push(id),
      now: clock,
      ...patch,
    }
    return {
      accounts: new Accounts(options),
      administration: new Administration(options),
      sessions,
      apiTokens,
      store,
    }
  }
  const tokenIn = (text = '') => /#([\w-]{43})/.exec(text)?.[1] ?? 'no token'

  it('begin with that of the administrator, who is signed in at once', async () => {
    const { accounts } = open()
    expect(await accounts.register(ANA, DEVICE)).toMatchObject({
      answer: { status: 'signed_in', user: { role: 'administrator', email: ANA.email } },
    })
    expect(letters).toEqual([])
  })

  it('that are first at once have one administrator, and the others confirm their address', async () => {
    const { accounts } = open()
    const people = Array.from({ length: 4 }, (_, n) => ({ ...ANA, email: `ana${n}@example.org` }))
    const answers = await Promise.all(people.map((person) => accounts.register(person, DEVICE)))
    expect(answers.filter((answer) => 'session' in answer)).toMatchObject([
      { answer: { user: { role: 'administrator' } } },
    ])
    expect(letters.map(({ subject }) => subject)).toEqual(Array(3).fill(letters[0]?.subject))
  })

  it('are used after their address was confirmed, where letters reach people', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    expect(await accounts.register(BEN, DEVICE)).toEqual({ status: 'letter_sent' })
    await expect(accounts.login(BEN, DEVICE)).rejects.toMatchObject({ code: 'email_unverified' })
    const token = tokenIn(letters.at(-1)?.text)
    expect(await accounts.verify(token, BEN.password, DEVICE)).toMatchObject({
      answer: { user: { emailVerified: true } },
    })
    await expect(accounts.verify(token, BEN.password, DEVICE)).rejects.toMatchObject({
      code: 'token_invalid',
    })
    expect(await accounts.login(BEN, DEVICE)).toMatchObject({ answer: { status: 'signed_in' } })
  })

  it('answer the same to an address that is known, and tell its owner', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    const stranger = { ...ANA, email: 'ANA@EXAMPLE.ORG', password: 'something else entirely' }
    expect(await accounts.register(stranger, DEVICE)).toEqual({ status: 'letter_sent' })
    expect(letters).toMatchObject([{ to: ANA.email, subject: 'You already have an account' }])
    await expect(accounts.login(stranger, DEVICE)).rejects.toMatchObject({ code: 'wrong_credentials' })
  })

  it('are signed in at once, and a taken address is said, where no letter reaches anyone', async () => {
    const { accounts } = open({ mailKind: 'outbox' })
    await accounts.register(ANA, DEVICE)
    expect(await accounts.register(BEN, DEVICE)).toMatchObject({
      answer: { status: 'signed_in', user: { role: 'user', emailVerified: true } },
    })
    await expect(accounts.register(BEN, DEVICE)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('are made as the operator says', async () => {
    await open().accounts.register(ANA, DEVICE)
    const closed = open({ settings: { signUp: 'closed' } }).accounts
    await expect(closed.register(BEN, DEVICE)).rejects.toMatchObject({ code: 'forbidden' })
    const invited = open({ settings: { signUp: 'invited' } }).accounts
    await expect(invited.register(BEN, DEVICE)).rejects.toMatchObject({ code: 'forbidden' })
    const other = { ...BEN, email: 'eve@example.org', invitationToken: 'invitation of Ben' }
    await expect(invited.register(other, DEVICE)).rejects.toMatchObject({ code: 'forbidden' })
    expect(await invited.register({ ...BEN, invitationToken: 'invitation of Ben' }, DEVICE)).toMatchObject({
      answer: { user: { emailVerified: true } },
    })
  })

  it('say no more of a wrong address than of a wrong password, and make guessing slow', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    for (const email of [ANA.email, 'nobody@example.org']) {
      const answers = new Set<string>()
      for (let n = 0; n < 5; n += 1)
        await accounts
          .login({ email, password: 'wrong' }, DEVICE)
          .catch((error: Error) => answers.add(error.message))
      expect([...answers]).toEqual(["The email address and the password don't match."])
      await expect(accounts.login({ email, password: ANA.password }, DEVICE)).rejects.toMatchObject({
        code: 'rate_limited',
      })
    }
    now += 2000
    expect(await accounts.login(ANA, DEVICE)).toMatchObject({ answer: { status: 'signed_in' } })
  })

  it('hear no more tries at once than one after the other', async () => {
    const passwords = createPasswords(2)
    const verify = vi.spyOn(passwords, 'verify')
    const { accounts } = open({ passwords })
    const ana = await accounts.register(ANA, DEVICE)
    if (!('answer' in ana)) throw new Error('nobody is signed in')
    const user = await accounts.find(ana.answer.user.id)
    await Promise.allSettled(
      Array.from({ length: 12 }, () => accounts.login({ ...ANA, password: 'wrong' }, DEVICE)),
    )
    expect(verify).toHaveBeenCalledTimes(5)
    await expect(accounts.login(ANA, DEVICE)).rejects.toMatchObject({ code: 'rate_limited' })
    // People who are signed in have guesses of their own.
    await accounts.assertPassword(user, ANA.password)
    now += 1000
    await Promise.all(Array.from({ length: 8 }, () => accounts.login(ANA, DEVICE)))
    await Promise.allSettled(Array.from({ length: 12 }, () => accounts.assertPassword(user, 'wrong')))
    expect(verify).toHaveBeenCalledTimes(5 + 1 + 8 + 5)
  })

  it('get a new password with a letter, once, and are signed out everywhere', async () => {
    const { accounts } = open()
    const first = await accounts.register(ANA, DEVICE)
    expect(accounts.requestReset('nobody@example.org')).toEqual({ status: 'letter_sent' })
    expect(accounts.requestReset(ANA.email)).toEqual({ status: 'letter_sent' })
    await expect.poll(() => letters.length).toBe(1)
    const token = tokenIn(letters[0]?.text)
    await expect(accounts.reset(token, 'password1', DEVICE)).rejects.toMatchObject({ code: 'weak_password' })
    const password = 'a brand new password'
    expect(await accounts.reset(token, password, DEVICE)).toMatchObject({ answer: { status: 'signed_in' } })
    await expect(accounts.reset(token, password, DEVICE)).rejects.toMatchObject({ code: 'token_invalid' })
    expect(revoked).toEqual('session' in first ? [first.session.id] : ['no session'])
    await expect(accounts.login(ANA, DEVICE)).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(await accounts.login({ ...ANA, password }, DEVICE)).toBeTruthy()
  })

  it('change their password here and are signed out elsewhere', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    const [here, there] = [await accounts.login(ANA, DEVICE), await accounts.login(ANA, DEVICE)]
    const { id } = here.answer.user
    const change = { currentPassword: ANA.password, newPassword: 'a brand new password' }
    const wrong = accounts.changePassword(id, here.session.id, { ...change, currentPassword: 'wrong' })
    await expect(wrong).rejects.toMatchObject({ code: 'wrong_credentials' })
    await accounts.changePassword(id, here.session.id, change)
    expect(revoked).toContain(there.session.id)
    expect(revoked).not.toContain(here.session.id)
    expect(letters.at(-1)).toMatchObject({ subject: 'Your password was changed' })
  })

  it('end with all their sessions, but not that of the last administrator', async () => {
    const { accounts, administration } = open({ mailKind: 'outbox' })
    const ana = await accounts.register(ANA, DEVICE)
    const ben = await accounts.register(BEN, DEVICE)
    if (!('answer' in ana) || !('answer' in ben)) throw new Error('nobody is signed in')
    await expect(accounts.remove(ana.answer.user.id, ANA.password)).rejects.toMatchObject({
      code: 'conflict',
    })
    const { id } = ana.answer.user
    for (const change of [{ role: 'user' as const }, { state: 'disabled' as const }])
      await expect(administration.update(id, change, () => undefined)).rejects.toMatchObject({
        code: 'conflict',
      })
    await expect(administration.remove(id, () => undefined)).rejects.toMatchObject({ code: 'conflict' })
    await expect(accounts.remove(ben.answer.user.id, 'wrong')).rejects.toMatchObject({
      code: 'wrong_credentials',
    })
    expect(cleared).toEqual([])
    await accounts.remove(ben.answer.user.id, BEN.password)
    expect(cleared).toEqual([ben.answer.user.id])
    expect(revoked).toEqual([ben.session.id])
    await expect(accounts.refresh(ben.session.refreshToken, '')).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })

  it('that are disabled are signed out and stay out', async () => {
    const { accounts, administration } = open({ mailKind: 'outbox' })
    await accounts.register(ANA, DEVICE)
    const ben = await accounts.register(BEN, DEVICE)
    if (!('answer' in ben)) throw new Error('nobody is signed in')
    await administration.update(ben.answer.user.id, { state: 'disabled' }, () => undefined)
    expect(revoked).toEqual([ben.session.id])
    await expect(accounts.login(BEN, DEVICE)).rejects.toMatchObject({ code: 'wrong_credentials' })
    await administration.update(ben.answer.user.id, { state: 'active' }, () => undefined)
    expect(await accounts.login(BEN, DEVICE)).toBeTruthy()
  })

  it('that administrators make get a letter to set their password', async () => {
    const { accounts, administration } = open()
    await accounts.register(ANA, DEVICE)
    await administration.create({ email: BEN.email, name: BEN.name })
    await expect(administration.create({ email: BEN.email, name: 'Other' })).rejects.toMatchObject({
      code: 'conflict',
    })
    const signedIn = await accounts.reset(tokenIn(letters.at(-1)?.text), BEN.password, DEVICE)
    expect(signedIn.answer.user).toMatchObject({ name: 'Ben', role: 'user', emailVerified: true })
  })

  it('have the password of whoever confirms the address, not of whoever registered it', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    await accounts.register({ ...BEN, password: 'chosen by an attacker' }, DEVICE)
    const token = tokenIn(letters.at(-1)?.text)
    await accounts.verify(token, BEN.password, DEVICE)
    await expect(
      accounts.login({ email: BEN.email, password: 'chosen by an attacker' }, DEVICE),
    ).rejects.toMatchObject({ code: 'wrong_credentials' })
    expect(await accounts.login(BEN, DEVICE)).toBeTruthy()
  })

  it('let the owner of an address confirm it that somebody else registered', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    await accounts.register({ ...BEN, password: 'chosen by an attacker' }, DEVICE)
    expect(await accounts.register(BEN, DEVICE)).toEqual({ status: 'letter_sent' })
    expect(letters.at(-1)).toMatchObject({ to: BEN.email, subject: 'Confirm your email address' })
  })

  it.each<[string, (it: ReturnType<typeof open>, id: UserId) => Promise<unknown>]>([
    [
      'the password changes',
      ({ accounts }, id) =>
        accounts.changePassword(id, null, {
          currentPassword: ANA.password,
          newPassword: 'a brand new password',
        }),
    ],
    ['the account is disabled', ({ store }, id) => store.change(id, { state: 'disabled' })],
    ['the address is confirmed', ({ store }, id) => store.change(id, { emailVerifiedAt: new Date() })],
  ])('void the link of a reset when %s', async (_, change) => {
    const world = open()
    const ana = await world.accounts.register(ANA, DEVICE)
    if (!('answer' in ana)) throw new Error('nobody is signed in')
    world.accounts.requestReset(ANA.email)
    await expect.poll(() => letters.length).toBe(1)
    const token = tokenIn(letters[0]?.text)
    await change(world, ana.answer.user.id)
    await expect(world.accounts.reset(token, 'yet another password', DEVICE)).rejects.toMatchObject({
      code: 'token_invalid',
    })
  })

  it('end their API tokens with a reset, and with a change unless told otherwise', async () => {
    const { accounts, apiTokens } = open()
    const ana = await accounts.register(ANA, DEVICE)
    if (!('answer' in ana)) throw new Error('nobody is signed in')
    const { id } = ana.answer.user
    const script = async () =>
      (
        await apiTokens.create(
          { userId: id, role: 'user' },
          { name: 'x', scopes: ['meetings:read'], expiresAt: new Date(now + 86_400_000).toISOString() },
        )
      ).token
    const kept = await script()
    const [first, second] = ['the first new password', 'the second new password']
    await accounts.changePassword(id, null, {
      currentPassword: ANA.password,
      newPassword: first,
      endApiTokens: false,
    })
    expect(await apiTokens.recognise(kept)).not.toBeNull()
    await accounts.changePassword(id, null, { currentPassword: first, newPassword: second })
    expect(await apiTokens.recognise(kept)).toBeNull()
    const other = await script()
    accounts.requestReset(ANA.email)
    await expect.poll(() => letters.at(-1)?.subject).toBe('Set a new password')
    await accounts.reset(tokenIn(letters.at(-1)?.text), 'after the reset', DEVICE)
    expect(await apiTokens.recognise(other)).toBeNull()
    expect(letters.at(-1)?.subject).toBe('Your password was changed')
  })

  it('let their owner in from a known device or network while strangers guess', async () => {
    const { accounts } = open()
    const first = await accounts.register(ANA, DEVICE)
    if (!('answer' in first)) throw new Error('nobody is signed in')
    const guess = async (address: string) =>
      accounts
        .login({ email: ANA.email, password: 'wrong' }, { userAgent: 'curl', address })
        .catch(() => undefined)
    for (let n = 0; n < 8; n += 1) await guess('198.51.100.9')
    // The network of the attacker waits, also with the right password; nobody else does.
    const attacker = { userAgent: 'curl', address: '198.51.100.9' }
    await expect(accounts.login(ANA, attacker)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await accounts.login(ANA, { userAgent: 'Safari', address: '192.0.2.77' })).toBeTruthy()
    for (let n = 0; n < 40; n += 1) await guess(`198.51.100.${n + 10}`)
    const elsewhere = { userAgent: 'Safari', address: '203.0.113.5' }
    await expect(accounts.login(ANA, elsewhere)).rejects.toMatchObject({ code: 'rate_limited' })
    expect(await accounts.login(ANA, { ...elsewhere, cookie: first.device })).toBeTruthy()
    expect(await accounts.login(ANA, { userAgent: 'Safari', address: DEVICE.address })).toBeTruthy()
  })

  it('get an email about a sign-in on a new device, once', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    const phone = { userAgent: 'Mozilla/5.0 (iPhone) Safari/605', address: '203.0.113.5' }
    const { device } = await accounts.login(ANA, phone)
    expect(letters).toMatchObject([{ to: ANA.email, subject: 'New sign-in to your account' }])
    expect(letters[0]?.text).toContain('Safari on iPhone')
    await accounts.login(ANA, { ...phone, cookie: device })
    expect(letters).toHaveLength(1)
  })

  it('end a session that is idle for a week or a month old', async () => {
    const { accounts } = open()
    await accounts.register(ANA, DEVICE)
    const DAY_MS = 86_400_000
    const idle = await accounts.login(ANA, DEVICE)
    now += 7 * DAY_MS
    await expect(accounts.refresh(idle.session.refreshToken, '')).rejects.toMatchObject({
      code: 'unauthorized',
    })
    let used = await accounts.login(ANA, DEVICE)
    for (let day = 0; day < 29; day += 6) {
      now += 6 * DAY_MS
      if (day < 24) used = await accounts.refresh(used.session.refreshToken, '')
    }
    await expect(accounts.refresh(used.session.refreshToken, '')).rejects.toMatchObject({
      code: 'unauthorized',
    })
  })
})
