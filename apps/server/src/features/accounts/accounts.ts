/*
 * Accounts: creating them, signing in, and what their owners change about them.
 */
import { randomUUID } from 'node:crypto'
import {
  type LetterSent,
  type register,
  type SignedIn,
  type updateMe,
  type User,
  UserId,
} from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { AppError } from '../../platform/errors.ts'
import { ACCESS_TOKEN_LIFETIME_S } from './access-tokens.ts'
import type { AccountsOptions } from './accounts-options.ts'
import { makeAvatar } from './avatar.ts'
import { deviceName } from './device-name.ts'
import { assertStrong } from './password-rules.ts'
import type { Device, OpenSession } from './sessions.ts'
import { toUser } from './user-views.ts'
import { emailKey, type StoredUser } from './users-store.ts'

const HOUR_MS = 3_600_000
const VERIFY_LIFETIME_MS = 24 * HOUR_MS
const RESET_LIFETIME_MS = HOUR_MS

type RegisterInput = z.output<typeof register.body>
type ProfileInput = z.output<typeof updateMe.body>

/** Somebody signed in; the refresh token and the device go into cookies. */
export interface SignIn {
  readonly answer: SignedIn
  readonly session: OpenSession
  /** Content of the device cookie; undefined when the session goes on. */
  readonly device?: string
}

const LETTER_SENT = { status: 'letter_sent' } as const

export class Accounts {
  readonly #options: AccountsOptions
  readonly #now: () => Date

  constructor(options: AccountsOptions) {
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  /**
   * Creates an account. Where emails reach people, it can be used once its address was confirmed, and the answer is the
   * same whether or not there was one.
   *
   * @throws {AppError} `forbidden`, `weak_password`; `conflict` when the address is taken and no email reaches anyone
   */
  async register(input: RegisterInput, device: Device): Promise<SignIn | z.infer<typeof LetterSent>> {
    const { store, passwords, mailKind } = this.#options
    assertStrong(input.password, [input.email, input.name])
    const isInvited = await this.#assertMayRegister(input)
    const passwordHash = await passwords.hash(input.password)
    // Without a mail server nobody could prove their address, so it is believed (ADR 7).
    const isKnown = isInvited || mailKind === 'outbox'
    const verifiedAt = isKnown ? this.#now() : null
    const user = await store.add(this.#newUser(input, { passwordHash, verifiedAt }))
    // Only the first account becomes an administrator without being made one.
    const isFirst = user?.role === 'administrator'
    if (user && (isFirst || isKnown)) {
      if (isKnown) await this.#options.onConfirmed(user)
      return this.#signIn(user, device)
    }
    if (user) await this.#sendVerification(user)
    else if (mailKind === 'outbox')
      throw new AppError('conflict', 'There is an account with this email address already. Sign in.')
    else await this.#sendAlreadyRegistered(input.email)
    return LETTER_SENT
  }

  /** @throws {AppError} `wrong_credentials`, `email_unverified`, `rate_limited` after many failures */
  async login(given: { email: string; password: string }, device: Device): Promise<SignIn> {
    const user = await this.#withPassword(given, device)
    if (this.#options.mailKind === 'smtp' && !canUseAccount(user)) {
      await this.#sendVerification(user)
      throw new AppError('email_unverified', 'Confirm your email address first: open the link in our email.')
    }
    return this.#signIn(user, device, { announced: true })
  }

  /** @throws {AppError} `unauthorized` */
  async refresh(refreshToken: string | undefined, address: string): Promise<SignIn> {
    const { sessions, store } = this.#options
    if (refreshToken === undefined) throw new AppError('unauthorized', "You aren't signed in here.")
    const session = await sessions.rotate(refreshToken, address)
    const user = await store.findById(session.userId)
    if (!user || user.state === 'disabled') {
      await sessions.revoke([session.id])
      throw new AppError('unauthorized', 'You were signed out. Sign in again.')
    }
    return { answer: await this.#answer(user, session.id), session }
  }

  async logout(refreshToken: string | undefined): Promise<void> {
    const { sessions } = this.#options
    const session = refreshToken === undefined ? null : await sessions.ofToken(refreshToken)
    if (session) await sessions.revoke([session.id])
  }

  /** Sends an email if there is such an account, without making the caller wait for it. */
  requestReset(email: string): z.infer<typeof LetterSent> {
    void this.#sendReset(email).catch(() => undefined)
    return LETTER_SENT
  }

  /**
   * Sets a new password with the link from an email. Everything that the old password gave access to ends: sessions, API
   * tokens and known devices.
   *
   * @throws {AppError} `token_invalid`, `weak_password`
   */
  async reset(token: string, password: string, device: Device): Promise<SignIn> {
    const { letters, sendLetter } = this.#options
    const { user, hadPassword } = await this.#setPasswordByLink('reset', { token, password })
    if (hadPassword)
      await sendLetter({ address: user.email, name: user.name }, 'security', () =>
        letters.passwordChanged(user.name),
      )
    return this.#signIn(user, device)
  }

  /**
   * Confirms the address of an account. Whoever reads its email sets the password too: somebody else may have
   * registered the address.
   *
   * @throws {AppError} `token_invalid`, `weak_password`
   */
  async verify(token: string, password: string, device: Device): Promise<SignIn> {
    const { user } = await this.#setPasswordByLink('verify', { token, password })
    return this.#signIn(user, device)
  }

  async requestVerification(userId: UserId): Promise<z.infer<typeof LetterSent>> {
    const user = await this.find(userId)
    if (!user.emailVerifiedAt) await this.#sendVerification(user)
    return LETTER_SENT
  }

  async read(userId: UserId): Promise<User> {
    return toUser(await this.find(userId))
  }

  async update(userId: UserId, { name, language, timeZone }: ProfileInput): Promise<User> {
    await this.#options.store.change(userId, {
      ...(name !== undefined && { name }),
      ...(language !== undefined && { language }),
      ...(timeZone !== undefined && { timeZone }),
    })
    return this.read(userId)
  }

  /** @throws {AppError} `wrong_credentials`, `weak_password`; `conflict` when it was changed elsewhere meanwhile */
  async changePassword(userId: UserId, sessionId: string | null, change: PasswordChange): Promise<void> {
    const { store, passwords, sessions, apiTokens, letters, sendLetter } = this.#options
    const user = await this.find(userId)
    await this.assertPassword(user, change.currentPassword)
    assertStrong(change.newPassword, [user.email, user.name])
    const passwordHash = await passwords.hash(change.newPassword)
    if (!(await store.setPassword(user, { passwordHash })))
      throw new AppError('conflict', 'Your password was changed elsewhere just now.')
    await sessions.endAll(userId, sessionId ?? undefined)
    if (change.endApiTokens !== false) await apiTokens.endAll(userId)
    await sendLetter({ address: user.email, name: user.name }, 'security', () =>
      letters.passwordChanged(user.name),
    )
  }

  /**
   * Makes the sign-in of a session recent again.
   *
   * @throws {AppError} `wrong_credentials`, `rate_limited`
   */
  async confirmSignIn(userId: UserId, sessionId: string | null, password: string): Promise<void> {
    await this.assertPassword(await this.find(userId), password)
    if (sessionId !== null) await this.#options.sessions.confirm(sessionId)
  }

  /** Tells the owner of an account that a token for scripts was created. */
  async announceApiToken(userId: UserId, tokenName: string): Promise<void> {
    const { letters, sendLetter } = this.#options
    const { email, name } = await this.find(userId)
    await sendLetter({ address: email, name }, 'security', () => letters.newApiToken(name, tokenName))
  }

  /** @throws {AppError} `wrong_credentials`; `conflict` for the last administrator */
  async remove(userId: UserId, password: string): Promise<void> {
    const { store, sessions, removeOwned } = this.#options
    const user = await this.find(userId)
    await this.assertPassword(user, password)
    if (await store.isLastAdministrator(userId)) throw lastAdministrator()
    await removeOwned(user)
    // Their rows go with the account, so the sessions that have to be told come first.
    const open = (await sessions.list(userId, null)).map(({ id }) => id)
    if (!(await store.changeIfAdministratorStays(userId, 'remove'))) throw lastAdministrator()
    await sessions.revoke(open)
  }

  /** @param image null removes the picture */
  async setAvatar(userId: UserId, image: Buffer | null): Promise<User> {
    const picture = image && (await makeAvatar(image))
    await this.#options.store.setAvatar(userId, picture, picture && randomUUID().slice(0, 8))
    return this.read(userId)
  }

  /** @throws {AppError} `not_found` */
  async avatarOf(userId: UserId): Promise<Uint8Array<ArrayBuffer>> {
    const image = await this.#options.store.avatarOf(userId)
    if (!image) throw new AppError('not_found', "This user doesn't have a picture.")
    return new Uint8Array(image)
  }

  /** @throws {AppError} `unauthorized` when the account is gone */
  async find(userId: UserId): Promise<StoredUser> {
    const user = await this.#options.store.findById(userId)
    if (!user) throw new AppError('unauthorized', 'Your account was deleted.')
    return user
  }

  /**
   * For somebody who is signed in to the account.
   *
   * @throws {AppError} `wrong_credentials`, `rate_limited`
   */
  async assertPassword(user: StoredUser, password: string): Promise<void> {
    const { throttle, passwords } = this.#options
    const isRight = await throttle.attemptSignedIn(emailKey(user.email), () =>
      passwords.verify(user.passwordHash, password),
    )
    if (!isRight) throw new AppError('wrong_credentials', "This isn't your password.")
  }

  /** @throws {AppError} `wrong_credentials`, `rate_limited` */
  async #withPassword(given: { email: string; password: string }, device: Device): Promise<StoredUser> {
    const { store, passwords, throttle, devices } = this.#options
    const found = await store.findByEmail(given.email)
    const familiarity = await devices.recognize(found?.id, device)
    const attempt = { account: emailKey(given.email), address: device.address, ...familiarity }
    const isRight = await throttle.attempt(attempt, async () => {
      const matches = await passwords.verify(found?.passwordHash ?? null, given.password)
      return matches && found?.state === 'active'
    })
    // The password may have been changed while this attempt waited for its turn.
    const user = isRight ? await store.findByEmail(given.email) : null
    if (user && user.passwordHash === found?.passwordHash && user.state === 'active') return user
    throw new AppError('wrong_credentials', "The email address and the password don't match.")
  }

  /** @returns whether an invitation proves the address */
  async #assertMayRegister({ email, invitationToken }: RegisterInput): Promise<boolean> {
    const { settings, invitedAddress, store } = this.#options
    const invited = invitationToken === undefined ? null : await invitedAddress(invitationToken)
    const isInvited = invited !== null && emailKey(invited) === emailKey(email)
    if (settings.signUp === 'open' || (await store.isEmpty())) return isInvited
    if (settings.signUp === 'closed')
      throw new AppError('forbidden', 'Only an administrator can create accounts on this server.')
    if (isInvited) return true
    throw new AppError(
      'forbidden',
      'Create your account from an invitation, with the address that it was sent to.',
    )
  }

  #newUser(
    { email, name, language = 'en', timeZone = 'UTC' }: RegisterInput,
    { passwordHash, verifiedAt }: { passwordHash: string; verifiedAt: Date | null },
  ): StoredUser {
    return {
      id: UserId.parse(randomUUID()),
      email,
      emailVerifiedAt: verifiedAt,
      name,
      passwordHash,
      language,
      timeZone,
      role: 'user',
      state: 'active',
      avatarVersion: null,
      createdAt: this.#now(),
      lastSeenAt: null,
    }
  }

  async #setPasswordByLink(
    purpose: 'verify' | 'reset',
    { token, password }: { readonly token: string; readonly password: string },
  ): Promise<{ user: StoredUser; hadPassword: boolean }> {
    const { store, mailLinks, passwords, sessions, apiTokens, devices } = this.#options
    assertStrong(password, [])
    const passwordHash = await passwords.hash(password)
    const before = await mailLinks.redeem(token, purpose)
    const user = { ...before, passwordHash, emailVerifiedAt: before.emailVerifiedAt ?? this.#now() }
    const { emailVerifiedAt } = user
    if (before.state === 'disabled' || !(await store.setPassword(before, { passwordHash, emailVerifiedAt })))
      throw new AppError('token_invalid', 'This link no longer works. Ask for a new one.')
    await sessions.endAll(user.id)
    await apiTokens.endAll(user.id)
    await devices.forgetAll(user.id)
    if (!before.emailVerifiedAt) await this.#options.onConfirmed(user)
    return { user, hadPassword: before.passwordHash !== null }
  }

  async #sendVerification({ id, email, name }: StoredUser): Promise<void> {
    const { mailLinks, sendLetter, letters } = this.#options
    await sendLetter({ address: email, name }, 'verify', async () =>
      letters.verify(name, await mailLinks.issue(id, 'verify', VERIFY_LIFETIME_MS)),
    )
  }

  async #sendAlreadyRegistered(email: string): Promise<void> {
    const { store, sendLetter, letters } = this.#options
    const user = await store.findByEmail(email)
    if (!user || user.state === 'disabled') return
    // Somebody else may have registered the address: its owner gets the chance to confirm it and set the password.
    if (!canUseAccount(user)) return this.#sendVerification(user)
    await sendLetter({ address: user.email, name: user.name }, 'registered', () =>
      letters.alreadyThere(user.name),
    )
  }

  async #sendReset(email: string): Promise<void> {
    const { store, mailLinks, sendLetter, letters } = this.#options
    const user = await store.findByEmail(email)
    if (!user || user.state === 'disabled') return
    await sendLetter({ address: user.email, name: user.name }, 'reset', async () =>
      letters.reset(user.name, await mailLinks.issue(user.id, 'reset', RESET_LIFETIME_MS)),
    )
  }

  /** @param how `announced`: the owner gets an email if the device is new to the account */
  async #signIn(
    user: StoredUser,
    device: Device,
    how: { readonly announced?: boolean } = {},
  ): Promise<SignIn> {
    const { sessions, devices, store, letters, sendLetter } = this.#options
    const { deviceHash } = await devices.recognize(user.id, device)
    const session = await sessions.open(user.id, device)
    await store.change(user.id, { lastSeenAt: this.#now() })
    const cookie = await devices.remember(user.id, device)
    if (how.announced && deviceHash === null)
      await sendLetter({ address: user.email, name: user.name }, 'security', () =>
        letters.newDevice(user.name, { device: deviceName(device.userAgent), address: device.address }),
      )
    return { answer: await this.#answer(user, session.id), session, device: cookie }
  }

  async #answer(user: StoredUser, sessionId: string): Promise<SignedIn> {
    const accessToken = await this.#options.accessTokens.issue({ userId: user.id, sessionId })
    return { status: 'signed_in', accessToken, expiresIn: ACCESS_TOKEN_LIFETIME_S, user: toUser(user) }
  }
}

/** Administrators don't have to confirm their address: the first one may be setting up the mail server. */
function canUseAccount({ emailVerifiedAt, role }: StoredUser): boolean {
  return emailVerifiedAt !== null || role === 'administrator'
}

export interface PasswordChange {
  readonly currentPassword: string
  readonly newPassword: string
  /** `false` keeps the API tokens; by default they end. */
  readonly endApiTokens?: boolean | undefined
}

function lastAdministrator(): AppError {
  return new AppError('conflict', 'You are the last administrator. Make somebody else one first.')
}
