import { AppError } from '../platform/errors.ts'
import type { MailBudget, MailOrigin } from './mail-budget.ts'
import type { MailQueue } from './mail-queue.ts'
import type { MailMessage } from './mailer.ts'

/** Emails whose place in the budgets is taken. */
export interface Postage {
  send(message: MailMessage): Promise<void>
}

/** The only way to the mail queue: every email has its place in the budgets first. */
export interface Post {
  /**
   * Takes emails from the budgets, all or none. Call it before anything is stored that the emails are about.
   *
   * @throws {AppError} `rate_limited`, with what remains
   */
  reserve(origin: MailOrigin): Promise<Postage>
  /** Counts emails that must go out whatever the budgets say, such as cancellations. */
  record(origin: MailOrigin): Promise<Postage>
  /**
   * Takes nothing.
   *
   * @throws {AppError} `rate_limited` when `reserve` would throw it now
   */
  check(origin: MailOrigin): Promise<void>
  /**
   * Sends one email unless a limit is reached.
   *
   * @returns whether it did
   */
  trySend(origin: MailOrigin, write: () => Promise<MailMessage>): Promise<boolean>
}

export function createPost(budget: MailBudget, queue: Pick<MailQueue, 'enqueue'>): Post {
  const postage: Postage = { send: (message) => queue.enqueue(message) }
  return {
    async reserve(origin) {
      await budget.take(origin)
      return postage
    },
    async record(origin) {
      await budget.count(origin)
      return postage
    },
    check: (origin) => budget.check(origin),
    async trySend(origin, write) {
      try {
        await budget.take(origin)
      } catch (error) {
        if (error instanceof AppError && error.code === 'rate_limited') return false
        throw error
      }
      await queue.enqueue(await write())
      return true
    },
  }
}
