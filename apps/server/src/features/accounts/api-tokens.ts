import { randomUUID } from 'node:crypto'
import type { ApiToken, createApiToken, TokenScope, UserId, UserRole } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { AppError } from '../../platform/errors.ts'
import { hashOfToken, randomToken } from '../../platform/secret-token.ts'
import type { ApiTokensStore, StoredApiToken } from './api-tokens-store.ts'

const PREFIX = 'vmt_'
const DAY_MS = 86_400_000
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
    return token.startsWith(PREFIX)
  }

  /** @throws {AppError} `forbidden` for a scope that the user's own rights do not cover */
  async create(
    owner: { readonly userId: UserId; readonly role: UserRole },
    { name, scopes, expiresInDays }: z.output<typeof createApiToken.body>,
  ): Promise<{ token: string; apiToken: ApiToken }> {
    if (owner.role !== 'administrator' && scopes.some((scope) => scope.startsWith('users:')))
      throw new AppError('forbidden', 'Only administrators can give a token rights over users.')
    if ((await this.#store.listOf(owner.userId)).length >= MOST_OF_USER)
      throw new AppError('conflict', `You have ${MOST_OF_USER} tokens: revoke one first.`)
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
      expiresAt: expiresInDays === undefined ? null : new Date(createdAt.getTime() + expiresInDays * DAY_MS),
    }
    await this.#store.add(kept)
    return { token, apiToken: toApiToken(kept) }
  }

  async list(userId: UserId): Promise<ApiToken[]> {
    return (await this.#store.listOf(userId)).map(toApiToken)
  }

  /** @throws {AppError} `not_found` */
  async revoke(id: string, userId: UserId): Promise<void> {
    if (!(await this.#store.remove(id, userId))) throw new AppError('not_found', 'There is no such token.')
  }

  /** The token as it is kept, or null when it is none of ours or over. */
  async recognise(token: string): Promise<StoredApiToken | null> {
    const kept = await this.#store.findByHash(hashOfToken(token))
    const now = this.#now()
    if (!kept || (kept.expiresAt && kept.expiresAt <= now)) return null
    if (!kept.lastUsedAt || now.getTime() - kept.lastUsedAt.getTime() > NOTED_MS)
      await this.#store.used(kept.id, now)
    return kept
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
