import { randomUUID } from 'node:crypto'
import type { Session, UserId } from '@video-meet/protocol'
import { Emitter } from '../../platform/emitter.ts'
import { AppError } from '../../platform/errors.ts'
import { hashOfToken, isSameText, randomToken } from '../../platform/secret-token.ts'
import { deviceName } from './device-name.ts'
import type { RefreshTokens } from './refresh-tokens.ts'
import type { SessionsStore, StoredSession } from './sessions-store.ts'

const DAY_MS = 86_400_000
const IDLE_MS = 7 * DAY_MS
const LIFETIME_MS = 30 * DAY_MS
/** Two tabs that rotate within this time get the same successor. */
const GRACE_MS = 10_000
const MAX_USER_AGENT = 300

/** The browser that signs in. */
export interface Device {
  readonly userAgent: string
  readonly address: string
  /** Content of the device cookie; undefined for a browser without one. */
  readonly cookie?: string | undefined
}

/** A session with the refresh token that is good now. */
export interface OpenSession {
  readonly id: string
  readonly userId: UserId
  readonly refreshToken: string
  readonly expiresAt: Date
}

type SessionsEvents = { revoked: [sessionIds: readonly string[]] }

/** On which devices people are signed in. */
export class Sessions extends Emitter<SessionsEvents> {
  readonly #store: SessionsStore
  readonly #tokens: RefreshTokens
  readonly #now: () => Date

  constructor({ store, tokens, now = () => new Date() }: SessionsOptions) {
    super()
    this.#store = store
    this.#tokens = tokens
    this.#now = now
  }

  async open(userId: UserId, { userAgent, address }: Omit<Device, 'cookie'>): Promise<OpenSession> {
    const now = this.#now()
    const id = randomUUID()
    const seed = randomToken()
    const refreshToken = this.#tokens.issue({ sessionId: id, generation: 0 }, seed)
    const expiresAt = new Date(now.getTime() + LIFETIME_MS)
    await this.#store.add({
      id,
      userId,
      generation: 0,
      seed,
      tokenHash: hashOfToken(refreshToken),
      rotatedAt: now,
      userAgent: userAgent.slice(0, MAX_USER_AGENT),
      address,
      createdAt: now,
      lastUsedAt: now,
      expiresAt,
      confirmedAt: null,
    })
    return { id, userId, refreshToken, expiresAt }
  }

  /**
   * Trades a refresh token for its successor. Who shows an old one has copied it, or was copied: the session ends.
   *
   * @throws {AppError} `unauthorized`
   */
  async rotate(refreshToken: string, address: string): Promise<OpenSession> {
    const said = this.#tokens.parse(refreshToken)
    const session = said && (await this.#store.find(said.sessionId))
    if (!said || !session || !this.#tokens.isGenuine(refreshToken, session.seed)) throw signedOut()
    if (this.#isOver(session)) {
      await this.revoke([session.id])
      throw signedOut()
    }
    if (said.generation === session.generation) {
      if (!isSameText(session.tokenHash, hashOfToken(refreshToken))) throw signedOut()
      const next = this.#opened(session, session.generation + 1)
      const now = this.#now()
      const change = { tokenHash: hashOfToken(next.refreshToken), rotatedAt: now, lastUsedAt: now, address }
      if (await this.#store.rotate(session.id, session.generation, change)) return next
      // Another tab was quicker: its successor is ours too.
      return this.rotate(refreshToken, address)
    }
    const age = this.#now().getTime() - session.rotatedAt.getTime()
    if (said.generation === session.generation - 1 && age <= GRACE_MS)
      return this.#opened(session, session.generation)
    await this.revoke([session.id])
    throw signedOut()
  }

  /** The session, as long as it lasts. */
  async find(id: string): Promise<StoredSession | null> {
    const session = await this.#store.find(id)
    return session && !this.#isOver(session) ? session : null
  }

  /** The session whose refresh token it is, be it good or used. */
  async ofToken(refreshToken: string): Promise<StoredSession | null> {
    const said = this.#tokens.parse(refreshToken)
    const session = said && (await this.#store.find(said.sessionId))
    return session && this.#tokens.isGenuine(refreshToken, session.seed) ? session : null
  }

  /** The owner of the session has proved again who they are. */
  async confirm(id: string): Promise<void> {
    await this.#store.confirm(id, this.#now())
  }

  async list(userId: UserId, currentId: string | null): Promise<Session[]> {
    const sessions = (await this.#store.listOf(userId)).filter((session) => !this.#isOver(session))
    return sessions.map(({ id, userAgent, address, createdAt, lastUsedAt }) => ({
      id,
      device: deviceName(userAgent),
      address,
      createdAt: createdAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
      current: id === currentId,
    }))
  }

  /** @throws {AppError} `not_found` */
  async end(id: string, userId: UserId): Promise<void> {
    const session = await this.#store.find(id)
    if (session?.userId !== userId) throw new AppError('not_found', 'There is no such session.')
    await this.revoke([id])
  }

  async endAll(userId: UserId, except?: string): Promise<void> {
    const ids = await this.#store.removeOf(userId, except)
    if (ids.length > 0) this.emit('revoked', ids)
  }

  async revoke(ids: readonly string[]): Promise<void> {
    for (const id of ids) await this.#store.remove(id)
    this.emit('revoked', ids)
  }

  async forgetOld(): Promise<void> {
    const now = this.#now()
    await this.#store.removeExpired(now, new Date(now.getTime() - IDLE_MS))
  }

  #isOver({ expiresAt, lastUsedAt }: StoredSession): boolean {
    const now = this.#now().getTime()
    return expiresAt.getTime() <= now || lastUsedAt.getTime() + IDLE_MS <= now
  }

  #opened({ id, userId, seed, expiresAt }: StoredSession, generation: number): OpenSession {
    return { id, userId, refreshToken: this.#tokens.issue({ sessionId: id, generation }, seed), expiresAt }
  }
}

export interface SessionsOptions {
  readonly store: SessionsStore
  readonly tokens: RefreshTokens
  readonly now?: () => Date
}

function signedOut(): AppError {
  return new AppError('unauthorized', 'You were signed out. Sign in again.')
}
