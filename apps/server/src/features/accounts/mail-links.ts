import { randomUUID } from 'node:crypto'
import type { UserId } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import { hashOfToken, isSameText, randomToken } from '../../platform/secret-token.ts'
import type { MailPurpose, MailTokensStore } from './mail-tokens-store.ts'
import { emailKey, type StoredUser } from './users-store.ts'

export interface MailLinks {
  /** A token for a link in an email. It replaces the earlier ones for the same purpose. */
  issue(userId: UserId, purpose: MailPurpose, lifetimeMs: number): Promise<string>
  /**
   * Uses a token up. It is void once the account has changed: another password or address, confirmed, or disabled.
   *
   * @returns the account, in the state that the token was issued for
   * @throws {AppError} `token_invalid`
   */
  redeem(token: string, purpose: MailPurpose): Promise<StoredUser>
  /** Voids all links that were sent to the owner of an account. */
  revokeAll(userId: UserId): Promise<void>
}

export interface MailLinksOptions {
  readonly store: MailTokensStore
  readonly findUser: (id: UserId) => Promise<StoredUser | null>
  readonly now?: () => Date
}

export function createMailLinks({ store, findUser, now = () => new Date() }: MailLinksOptions): MailLinks {
  return {
    async issue(userId, purpose, lifetimeMs) {
      const user = await findUser(userId)
      if (!user) throw new AppError('not_found', "This account doesn't exist.")
      const token = randomToken()
      const createdAt = now()
      const expiresAt = new Date(createdAt.getTime() + lifetimeMs)
      const tokenHash = hashOfToken(token)
      await store.add({
        id: randomUUID(),
        userId,
        purpose,
        stateHash: stateOf(user),
        tokenHash,
        createdAt,
        expiresAt,
      })
      return token
    },
    async redeem(token, purpose) {
      const taken = await store.take(hashOfToken(token), purpose, now())
      const user = taken && (await findUser(taken.userId))
      if (!user || taken.stateHash === null || !isSameText(taken.stateHash, stateOf(user)))
        throw new AppError('token_invalid', 'This link no longer works. Ask for a new one.')
      return user
    },
    revokeAll: (userId) => store.removeOf(userId),
  }
}

/** Changes with whatever makes a link void that was sent before. */
function stateOf({ id, passwordHash, email, emailVerifiedAt, state }: StoredUser): string {
  return hashOfToken(JSON.stringify([id, passwordHash, emailKey(email), emailVerifiedAt !== null, state]))
}
