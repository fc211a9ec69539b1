import { UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { SessionRecord } from '../../db/entities/session-record.ts'

/** A device on which someone is signed in: one family of refresh tokens. */
export interface StoredSession {
  readonly id: string
  readonly userId: UserId
  readonly generation: number
  readonly seed: string
  readonly tokenHash: string
  readonly rotatedAt: Date
  readonly userAgent: string
  readonly address: string
  readonly createdAt: Date
  readonly lastUsedAt: Date
  readonly expiresAt: Date
  /** When the owner last proved who they are after signing in; null until they do. */
  readonly confirmedAt: Date | null
}

export interface SessionsStore {
  add(session: StoredSession): Promise<void>
  find(id: string): Promise<StoredSession | null>
  /** Goes from one generation to the next, for the first who asks; tells whether that was this one. */
  rotate(
    id: string,
    generation: number,
    next: Pick<StoredSession, 'tokenHash' | 'rotatedAt' | 'lastUsedAt' | 'address'>,
  ): Promise<boolean>
  confirm(id: string, at: Date): Promise<void>
  listOf(userId: UserId): Promise<StoredSession[]>
  remove(id: string): Promise<void>
  /** @returns the ids of those that are gone */
  removeOf(userId: UserId, except?: string): Promise<string[]>
  removeExpired(now: Date, idleSince: Date): Promise<void>
}

export function createSessionsStore(database: Pick<Database, 'fork'>): SessionsStore {
  return {
    async add({ userId, ...session }) {
      await database.fork().insert(SessionRecord, { ...session, user: userId })
    },
    async find(id) {
      const record = await database.fork().findOne(SessionRecord, { id })
      return record && toSession(record)
    },
    async rotate(id, generation, next) {
      const change = { ...next, generation: generation + 1 }
      return (await database.fork().nativeUpdate(SessionRecord, { id, generation }, change)) === 1
    },
    async confirm(id, confirmedAt) {
      await database.fork().nativeUpdate(SessionRecord, { id }, { confirmedAt })
    },
    async listOf(userId) {
      const records = await database.fork().find(SessionRecord, { user: userId })
      return records.map(toSession).toSorted((a, b) => b.lastUsedAt.getTime() - a.lastUsedAt.getTime())
    },
    async remove(id) {
      await database.fork().nativeDelete(SessionRecord, { id })
    },
    removeOf: (userId, except) =>
      database.fork().transactional(async (tx) => {
        const records = await tx.find(SessionRecord, { user: userId }, { fields: ['id'] })
        const ids = records.map(({ id }) => id).filter((id) => id !== except)
        await tx.nativeDelete(SessionRecord, { id: { $in: ids } })
        return ids
      }),
    async removeExpired(now, idleSince) {
      const em = database.fork()
      await em.nativeDelete(SessionRecord, { expiresAt: { $lt: now } })
      await em.nativeDelete(SessionRecord, { lastUsedAt: { $lt: idleSince } })
    },
  }
}

function toSession({ user, ...record }: SessionRecord): StoredSession {
  const { id, generation, seed, tokenHash, rotatedAt, userAgent, address } = record
  const { createdAt, lastUsedAt, expiresAt, confirmedAt } = record
  const userId = UserId.parse(user.id)
  return {
    id,
    userId,
    generation,
    seed,
    tokenHash,
    rotatedAt,
    userAgent,
    address,
    createdAt,
    lastUsedAt,
    expiresAt,
    confirmedAt: confirmedAt ?? null,
  }
}
