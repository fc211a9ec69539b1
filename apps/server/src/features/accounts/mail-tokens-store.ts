import { LockMode } from '@mikro-orm/core'
import { UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { MailTokenRecord } from '../../db/entities/mail-token-record.ts'
import { UserRecord } from '../../db/entities/user-record.ts'

/** Purpose of the link in an email. */
export type MailPurpose = 'verify' | 'reset'

export interface MailTokensStore {
  /** Replaces the tokens of the same purpose. */
  add(token: NewMailToken): Promise<void>
  /** Uses a token up; null when there is none that is valid. */
  take(tokenHash: string, purpose: MailPurpose, now: Date): Promise<TakenMailToken | null>
  removeOf(userId: UserId): Promise<void>
  removeExpired(now: Date): Promise<void>
}

export interface TakenMailToken {
  readonly userId: UserId
  /** Hash of the account's state that the token was issued for; null when an earlier version issued it. */
  readonly stateHash: string | null
}

export interface NewMailToken {
  readonly id: string
  readonly userId: UserId
  readonly purpose: MailPurpose
  readonly stateHash: string
  readonly tokenHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export function createMailTokensStore(database: Pick<Database, 'fork'>): MailTokensStore {
  return {
    add: ({ userId, ...token }) =>
      database.fork().transactional(async (tx) => {
        // When two are added at once, the second waits here and then replaces the first.
        await tx.findOne(UserRecord, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
        await tx.nativeDelete(MailTokenRecord, { user: userId, purpose: token.purpose })
        await tx.insert(MailTokenRecord, { ...token, user: userId })
      }),
    async take(tokenHash, purpose, now) {
      const em = database.fork()
      const record = await em.findOne(MailTokenRecord, { tokenHash, purpose, expiresAt: { $gt: now } })
      // When two use it at once, only the one whose delete succeeds gets it.
      if (!record || (await em.nativeDelete(MailTokenRecord, { id: record.id })) !== 1) return null
      return { userId: UserId.parse(record.user.id), stateHash: record.stateHash ?? null }
    },
    async removeOf(userId) {
      await database.fork().nativeDelete(MailTokenRecord, { user: userId })
    },
    async removeExpired(now) {
      await database.fork().nativeDelete(MailTokenRecord, { expiresAt: { $lt: now } })
    },
  }
}
