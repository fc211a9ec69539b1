import { TokenScope, UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { ApiTokenRecord } from '../../db/entities/api-token-record.ts'

export interface StoredApiToken {
  readonly id: string
  readonly userId: UserId
  readonly name: string
  readonly tokenHash: string
  readonly scopes: readonly TokenScope[]
  readonly createdAt: Date
  readonly lastUsedAt: Date | null
  readonly expiresAt: Date | null
}

export interface ApiTokensStore {
  add(token: StoredApiToken): Promise<void>
  findByHash(tokenHash: string): Promise<StoredApiToken | null>
  listOf(userId: UserId): Promise<StoredApiToken[]>
  used(id: string, at: Date): Promise<void>
  /** @returns how many there were */
  removeOf(userId: UserId): Promise<number>
  /** Tells whether there was one. */
  remove(id: string, userId: UserId): Promise<boolean>
}

export function createApiTokensStore(database: Pick<Database, 'fork'>): ApiTokensStore {
  return {
    async add({ userId, ...token }) {
      await database.fork().insert(ApiTokenRecord, { ...token, scopes: [...token.scopes], user: userId })
    },
    async findByHash(tokenHash) {
      const record = await database.fork().findOne(ApiTokenRecord, { tokenHash })
      return record && toToken(record)
    },
    async listOf(userId) {
      const records = await database.fork().find(ApiTokenRecord, { user: userId })
      return records.map(toToken).toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime())
    },
    async used(id, lastUsedAt) {
      await database.fork().nativeUpdate(ApiTokenRecord, { id }, { lastUsedAt })
    },
    removeOf: (userId) => database.fork().nativeDelete(ApiTokenRecord, { user: userId }),
    async remove(id, userId) {
      return (await database.fork().nativeDelete(ApiTokenRecord, { id, user: userId })) === 1
    },
  }
}

function toToken(record: ApiTokenRecord): StoredApiToken {
  return {
    id: record.id,
    userId: UserId.parse(record.user.id),
    name: record.name,
    tokenHash: record.tokenHash,
    scopes: record.scopes.flatMap((scope) => TokenScope.safeParse(scope).data ?? []),
    createdAt: record.createdAt,
    lastUsedAt: record.lastUsedAt ?? null,
    expiresAt: record.expiresAt ?? null,
  }
}
