/*
 * Accounts: making them, signing in, and what their owners do with them.
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
import { ACCESS_TOKEN_LIFETIME_S, type AccessTokens } from './access-tokens.ts'
import { makeAvatar } from './avatar.ts'
import type { AccountLetter, AccountLetters } from './letters.ts'
import type { LoginDelay } from './login-delay.ts'
import type { MailLinks } from './mail-links.ts'
import { assertStrong } from './password-rules.ts'
import type { Passwords } from './passwords.ts'
import type { Device, OpenSession, Sessions } from './sessions.ts'
import { toUser } from './user-views.ts'
import { emailKey, type StoredUser, type UsersStore } from './users-store.ts'

const HOUR_MS = 3_600_000
const VERIFY_LIFETIME_MS = 24 * HOUR_MS
const RESET_LIFETIME_MS = HOUR_MS

type RegisterInput = z.output<typeof register.body>
type ProfileInput = z.output<typeof updateMe.body>

/** Somebody signed in; the refresh token goes into their cookie. */
export interface SignIn {
  readonly answer: SignedIn
  readonly session: OpenSession
}

export interface AccountsOptions {
  readonly store: UsersStore
  readonly sessions: Sessions
  readonly passwords: Passwords
  readonly accessTokens: AccessTokens
  readonly mailLinks: MailLinks
  readonly letters: AccountLetters
  readonly delay: LoginDelay
  readonly settings: { readonly signUp: 'open' | 'invited' | 'closed' }
  /** `outbox`: letters do not reach anyone, so nothing can depend on them. */
  readonly mailKind: 'smtp' | 'outbox'
  readonly sendLetter: (
    to: { readonly address: string; readonly name: string },
    letter: AccountLetter,
  ) => Promise<void>
  /** The address that the link of an invitation was sent to; null when the link is no good. */
  readonly invitedAddress: (invitationToken: string) => Promise<string | null>
  /** An account is now known to own its address. */
  readonly onConfirmed: (user: {
    readonly id: UserId
    readonly email: string
    readonly name: string
  }) => Promise<void>
  readonly now?: () => Date
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
   * Makes an account. Where letters reach people, it is used only after its address was confirmed, and the answer is the
   * same whether or not there was one.
   *
   * @throws {AppError} `forbidden`, `weak_password`; `conflict` when the address is taken and nobody can be written to
   */
  async register(input: RegisterInput, device: Device): Promise<SignIn | z.infer<typeof LetterSent>> {
    const { store, passwords, mailKind, letters, sendLetter } = this.#options
    assertStrong(input.password, [input.email, input.name])
    const isInvited = await this.#assertMayRegister(input)
    const passwordHash = await passwords.hash(input.password)
    // Where no letter reaches anyone, nobody could ever prove their address: it is believed.
    const isKnown = isInvited || mailKind === 'outbox'
    const verifiedAt = isKnown ? this.#now() : null
    const user = await store.add(this.#newUser(input, { passwordHash, verifiedAt }))
    // Only the first account gets these rights by itself.
    const isFirst = user?.role === 'administrator'
    if (user && (isFirst || isKnown)) {
      if (isKnown) await this.#options.onConfirmed(user)
      return this.#signIn(user, device)
    }
    if (user) await this.#sendVerification(user)
    else if (mailKind === 'outbox')
      throw new AppError('conflict', 'There is an account with this mail address already. Sign in.')
    else {
      const known = await store.findByEmail(input.email)
      if (known)
        await sendLetter({ address: known.email, name: known.name }, letters.alreadyThere(known.name))
    }
    return LETTER_SENT
  }

  /** @throws {AppError} `wrong_credentials`, `email_unverified`, `rate_limited` after many failures */
  async login({ email, password }: { email: string; password: string }, device: Device): Promise<SignIn> {
    const { store, passwords, delay, mailKind } = this.#options
    const key = emailKey(email)
    const user = await delay.inTurn(key, async () => {
      this.#assertNoWait(key)
      const found = await store.findByEmail(email)
      const isRight = await passwords.verify(found?.passwordHash ?? null, password)
      if (found?.state === 'active' && isRight) return found
      delay.failed(key)
      throw new AppError('wrong_credentials', 'This mail address and password do not belong together.')
    })
    delay.succeeded(key)
    if (mailKind === 'smtp' && !user.emailVerifiedAt && user.role !== 'administrator') {
      await this.#sendVerification(user)
      throw new AppError(
        'email_unverified',
        'Confirm your mail address first: we sent you a letter with a link.',
      )
    }
    return this.#signIn(user, device)
  }

  /** @throws {AppError} `unauthorized` */
  async refresh(refreshToken: string | undefined, address: string): Promise<SignIn> {
    const { sessions, store } = this.#options
    if (refreshToken === undefined) throw new AppError('unauthorized', 'Nobody is signed in here.')
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

  /** Sends a letter if there is such an account; takes no longer if there is. */
  requestReset(email: string): z.infer<typeof LetterSent> {
    void this.#sendReset(email).catch(() => undefined)
    return LETTER_SENT
  }

  /** @throws {AppError} `token_invalid`, `weak_password` */
  async reset(token: string, password: string, device: Device): Promise<SignIn> {
    const { store, mailLinks, passwords, sessions } = this.#options
    assertStrong(password, [])
    const passwordHash = await passwords.hash(password)
    const user = await this.#mustFind(await mailLinks.redeem(token, 'reset'))
    const emailVerifiedAt = user.emailVerifiedAt ?? this.#now()
    await store.change(user.id, { passwordHash, emailVerifiedAt })
    if (!user.emailVerifiedAt) await this.#options.onConfirmed(user)
    await sessions.endAll(user.id)
    return this.#signIn({ ...user, emailVerifiedAt }, device)
  }

  /** @throws {AppError} `token_invalid` */
  async verify(token: string, device: Device): Promise<SignIn> {
    const user = await this.#mustFind(await this.#options.mailLinks.redeem(token, 'verify'))
    const emailVerifiedAt = this.#now()
    await this.#options.store.change(user.id, { emailVerifiedAt })
    await this.#options.onConfirmed(user)
    return this.#signIn({ ...user, emailVerifiedAt }, device)
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

  /** @throws {AppError} `wrong_credentials`, `weak_password` */
  async changePassword(userId: UserId, sessionId: string | null, change: PasswordChange): Promise<void> {
    const { store, passwords, sessions, letters, sendLetter } = this.#options
    const user = await this.find(userId)
    await this.assertPassword(user, change.currentPassword)
    assertStrong(change.newPassword, [user.email, user.name])
    await store.change(userId, { passwordHash: await passwords.hash(change.newPassword) })
    await sessions.endAll(userId, sessionId ?? undefined)
    await sendLetter({ address: user.email, name: user.name }, letters.passwordChanged(user.name))
  }

  /** @throws {AppError} `wrong_credentials`; `conflict` for the last administrator */
  async remove(userId: UserId, password: string): Promise<void> {
    const { store, sessions } = this.#options
    await this.assertPassword(await this.find(userId), password)
    // Their rows go with the account, so that who is told comes first.
    const open = (await sessions.list(userId, null)).map(({ id }) => id)
    if (!(await store.changeIfAdministratorStays(userId, 'remove')))
      throw new AppError('conflict', 'You are the last administrator: make somebody else one first.')
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
    if (!image) throw new AppError('not_found', 'This user has no picture.')
    return new Uint8Array(image)
  }

  /** @throws {AppError} `unauthorized` when the account is gone */
  async find(userId: UserId): Promise<StoredUser> {
    const user = await this.#options.store.findById(userId)
    if (!user) throw new AppError('unauthorized', 'Your account is gone.')
    return user
  }

  /** @throws {AppError} `wrong_credentials`, `rate_limited` */
  async assertPassword(user: StoredUser, password: string): Promise<void> {
    const { delay, passwords } = this.#options
    const key = emailKey(user.email)
    await delay.inTurn(key, async () => {
      this.#assertNoWait(key)
      if (await passwords.verify(user.passwordHash, password)) return
      delay.failed(key)
      throw new AppError('wrong_credentials', 'This is not your password.')
    })
  }

  /** @throws {AppError} `rate_limited` */
  #assertNoWait(key: string): void {
    const retryAfterSeconds = Math.ceil(this.#options.delay.waitOf(key) / 1000)
    if (retryAfterSeconds === 0) return
    throw new AppError('rate_limited', `Too many tries. Wait ${retryAfterSeconds} s.`, {
      details: { retryAfterSeconds },
    })
  }

  /** @returns whether an invitation proves the address */
  async #assertMayRegister({ email, invitationToken }: RegisterInput): Promise<boolean> {
    const { settings, invitedAddress, store } = this.#options
    const invited = invitationToken === undefined ? null : await invitedAddress(invitationToken)
    const isInvited = invited !== null && emailKey(invited) === emailKey(email)
    if (settings.signUp === 'open' || (await store.isEmpty())) return isInvited
    if (settings.signUp === 'closed')
      throw new AppError('forbidden', 'Accounts are made by the administrator of this server.')
    if (isInvited) return true
    throw new AppError(
      'forbidden',
      'Make your account from an invitation, with the address that it was sent to.',
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

  async #mustFind(userId: UserId): Promise<StoredUser> {
    const user = await this.find(userId)
    if (user.state === 'disabled') throw new AppError('token_invalid', 'This link is no good any more.')
    return user
  }

  async #sendVerification({ id, email, name }: StoredUser): Promise<void> {
    const { mailLinks, sendLetter, letters } = this.#options
    const token = await mailLinks.issue(id, 'verify', VERIFY_LIFETIME_MS)
    await sendLetter({ address: email, name }, letters.verify(name, token))
  }

  async #sendReset(email: string): Promise<void> {
    const { store, mailLinks, sendLetter, letters } = this.#options
    const user = await store.findByEmail(email)
    if (!user || user.state === 'disabled') return
    const token = await mailLinks.issue(user.id, 'reset', RESET_LIFETIME_MS)
    await sendLetter({ address: user.email, name: user.name }, letters.reset(user.name, token))
  }

  async #signIn(user: StoredUser, device: Device): Promise<SignIn> {
    const session = await this.#options.sessions.open(user.id, device)
    await this.#options.store.change(user.id, { lastSeenAt: this.#now() })
    return { answer: await this.#answer(user, session.id), session }
  }

  async #answer(user: StoredUser, sessionId: string): Promise<SignedIn> {
    const accessToken = await this.#options.accessTokens.issue({ userId: user.id, sessionId })
    return { status: 'signed_in', accessToken, expiresIn: ACCESS_TOKEN_LIFETIME_S, user: toUser(user) }
  }
}

export interface PasswordChange {
  readonly currentPassword: string
  readonly newPassword: string
}
