import { randomUUID } from 'node:crypto'
import type { UserId } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import { hashOfToken, randomToken } from '../../platform/secret-token.ts'
import type { MailPurpose, MailTokensStore } from './mail-tokens-store.ts'

export interface MailLinks {
  /** A token for a link in a letter; those before it are no good any more. */
  issue(userId: UserId, purpose: MailPurpose, lifetimeMs: number): Promise<string>
  /**
   * Whose token it is, once.
   *
   * @throws {AppError} `token_invalid`
   */
  redeem(token: string, purpose: MailPurpose): Promise<UserId>
}

export function createMailLinks(store: MailTokensStore, now: () => Date = () => new Date()): MailLinks {
  return {
    async issue(userId, purpose, lifetimeMs) {
      const token = randomToken()
      const createdAt = now()
      const expiresAt = new Date(createdAt.getTime() + lifetimeMs)
      await store.add({
        id: randomUUID(),
        userId,
        purpose,
        tokenHash: hashOfToken(token),
        createdAt,
        expiresAt,
      })
      return token
    },
    async redeem(token, purpose) {
      const userId = await store.take(hashOfToken(token), purpose, now())
      if (!userId)
        throw new AppError('token_invalid', 'This link was used already, or is too old. Ask for a new one.')
      return userId
    },
  }
}
