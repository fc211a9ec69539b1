import { LockMode } from '@mikro-orm/core'
import { UserId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { MailTokenRecord } from '../../db/entities/mail-token-record.ts'
import { UserRecord } from '../../db/entities/user-record.ts'

/** What a letter lets its reader do. */
export type MailPurpose = 'verify' | 'reset'

export interface MailTokensStore {
  /** Replaces the tokens of the same purpose. */
  add(token: NewMailToken): Promise<void>
  /** Uses a token up; the account that it is of, or null when there is none that is good. */
  take(tokenHash: string, purpose: MailPurpose, now: Date): Promise<UserId | null>
  removeExpired(now: Date): Promise<void>
}

export interface NewMailToken {
  readonly id: string
  readonly userId: UserId
  readonly purpose: MailPurpose
  readonly tokenHash: string
  readonly createdAt: Date
  readonly expiresAt: Date
}

export function createMailTokensStore(database: Pick<Database, 'fork'>): MailTokensStore {
  return {
    add: ({ userId, ...token }) =>
      database.fork().transactional(async (tx) => {
        // Of two that are added at once, the second waits here and then replaces the first.
        await tx.findOne(UserRecord, { id: userId }, { lockMode: LockMode.PESSIMISTIC_WRITE })
        await tx.nativeDelete(MailTokenRecord, { user: userId, purpose: token.purpose })
        await tx.insert(MailTokenRecord, { ...token, user: userId })
      }),
    async take(tokenHash, purpose, now) {
      const em = database.fork()
      const record = await em.findOne(MailTokenRecord, { tokenHash, purpose, expiresAt: { $gt: now } })
      // Of two who use it at once, the one who deletes it has it.
      if (!record || (await em.nativeDelete(MailTokenRecord, { id: record.id })) !== 1) return null
      return UserId.parse(record.user.id)
    },
    async removeExpired(now) {
      await database.fork().nativeDelete(MailTokenRecord, { expiresAt: { $lt: now } })
    },
  }
}
