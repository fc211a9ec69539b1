import { randomUUID } from 'node:crypto'
import type { ApiToken, createApiToken, TokenScope, UserId, UserRole } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { AppError } from '../../platform/errors.ts'
import { hashOfToken, randomToken } from '../../platform/secret-token.ts'
import type { ApiTokensStore, StoredApiToken } from './api-tokens-store.ts'

const PREFIX = 'vmt_'
/** A year and a day: a client that adds a year to today may be ahead of the server's clock. */
const MAX_LIFETIME_MS = 366 * 86_400_000
const MOST_OF_USER = 50
/** Use is noted no more often than this. */
const NOTED_MS = 60_000

/** Tokens for scripts. */
export class ApiTokens {
  readonly #store: ApiTokensStore
  readonly #now: () => Date

  constructor(store: ApiTokensStore, now: () => Date = () => new Date()) {
    this.#store = store
    this.#now = now
  }

  static looksLikeOne(token: string): boolean {
    // Anything with points is read as a signed token, which needs no look-up to be refused.
    return token.startsWith(PREFIX) && !token.includes('.')
  }

  /** @throws {AppError} `forbidden` for a scope that the user's own rights do not cover */
  async create(
    owner: { readonly userId: UserId; readonly role: UserRole },
    { name, scopes, expiresAt }: z.output<typeof createApiToken.body>,
  ): Promise<{ token: string; apiToken: ApiToken }> {
    if (owner.role !== 'administrator' && scopes.some((scope) => scope.startsWith('users:')))
      throw new AppError('forbidden', 'Only administrators can create tokens that manage users.')
    if ((await this.#store.listOf(owner.userId)).length >= MOST_OF_USER)
      throw new AppError('conflict', `You have ${MOST_OF_USER} tokens. Revoke one first.`)
    const token = `${PREFIX}${randomToken()}`
    const createdAt = this.#now()
    const kept: StoredApiToken = {
      id: randomUUID(),
      userId: owner.userId,
      name,
      tokenHash: hashOfToken(token),
      scopes: [...new Set<TokenScope>(scopes)],
      createdAt,
      lastUsedAt: null,
      expiresAt: this.#checkedEnd(expiresAt),
    }
    await this.#store.add(kept)
    return { token, apiToken: toApiToken(kept) }
  }

  /** Ends all tokens of an account. */
  async endAll(userId: UserId): Promise<void> {
    await this.#store.removeOf(userId)
  }

  async list(userId: UserId): Promise<ApiToken[]> {
    return (await this.#store.listOf(userId)).map(toApiToken)
  }

  /** @throws {AppError} `not_found` */
  async revoke(id: string, userId: UserId): Promise<void> {
    if (!(await this.#store.remove(id, userId))) throw new AppError('not_found', "This token doesn't exist.")
  }

  /** The stored token; null when it is unknown or has expired. */
  async recognise(token: string): Promise<StoredApiToken | null> {
    const kept = await this.#store.findByHash(hashOfToken(token))
    const now = this.#now()
    if (!kept || kept.expiresAt === null || kept.expiresAt <= now) return null
    if (!kept.lastUsedAt || now.getTime() - kept.lastUsedAt.getTime() > NOTED_MS)
      await this.#store.used(kept.id, now)
    return kept
  }

  #checkedEnd(given: string): Date {
    const expiresAt = new Date(given)
    const lifetimeMs = expiresAt.getTime() - this.#now().getTime()
    if (lifetimeMs <= 0 || lifetimeMs > MAX_LIFETIME_MS)
      throw new AppError('bad_request', 'expiresAt: choose a time within the next 365 days.')
    return expiresAt
  }
}

function toApiToken({ id, name, scopes, createdAt, lastUsedAt, expiresAt }: StoredApiToken): ApiToken {
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    expiresAt: expiresAt?.toISOString() ?? null,
  }
}
