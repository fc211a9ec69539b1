import { AppError } from '../platform/errors.ts'
import { SerialQueue } from '../platform/serial-queue.ts'

/** Purpose of an email. */
export type MailPurpose =
  /** About an account, to its owner. */
  | 'verify'
  | 'reset'
  | 'welcome'
  | 'registered'
  | 'security'
  /** About a meeting. */
  | 'code'
  | 'invitation'
  | 'update'
  | 'answer'
  /** Follow-ups of invitations: nobody can cause more of them than they were allowed to invite. */
  | 'cancellation'
  | 'reminder'

/** Emails that one act causes. */
export interface MailOrigin {
  readonly purpose: MailPurpose
  /** Id of the account that causes them; null when nobody in particular does. */
  readonly account: string | null
  /** Addresses. */
  readonly recipients: readonly string[]
}

interface CountFilter {
  readonly since: Date
  readonly purposes: readonly MailPurpose[]
  readonly account?: string
}

/** Counts the emails of the last day, across restarts. */
export interface MailCountsStore {
  add(origin: MailOrigin, at: Date): Promise<void>
  count(filter: CountFilter): Promise<number>
  /** How many went to each of the addresses; at most 500 of them. */
  countTo(addresses: readonly string[], filter: CountFilter): Promise<ReadonlyMap<string, number>>
  removeBefore(time: Date): Promise<void>
}

/** Emails in 24 hours. */
export interface MailLimits {
  /** Invitations of an account in its first week. */
  readonly newAccount: number
  readonly account: number
  /** All about accounts, and all about meetings. */
  readonly server: number
}

export interface MailBudgetOptions {
  readonly store: MailCountsStore
  readonly limits: MailLimits
  /** Null for an account that is gone. */
  readonly findAccount: (id: string) => Promise<{ readonly createdAt: Date; readonly role: string } | null>
  readonly now?: () => Date
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const NEW_ACCOUNT_MS = 7 * DAY_MS
const ADMINISTRATOR_FACTOR = 10

/** To one person for one purpose: how many in how long. */
const PER_RECIPIENT: Partial<Record<MailPurpose, readonly (readonly [count: number, ms: number])[]>> = {
  verify: [
    [1, 5 * MINUTE_MS],
    [6, DAY_MS],
  ],
  // No limit per day: strangers could use it up and keep the owner from resetting. The links work for an hour.
  reset: [
    [1, 5 * MINUTE_MS],
    [3, 60 * MINUTE_MS],
  ],
  registered: [
    [1, 60 * MINUTE_MS],
    [3, DAY_MS],
  ],
  welcome: [[5, DAY_MS]],
  security: [[30, DAY_MS]],
  code: [
    [3, 10 * MINUTE_MS],
    [10, DAY_MS],
  ],
  answer: [[200, DAY_MS]],
}
/** Purposes that count against an account, each with its limit as a multiple of that of invitations. */
const BY_ACCOUNT: Partial<Record<MailPurpose, number>> = { invitation: 1, update: 5 }
/** One person gets at most this part of what an account may send, but at least so many. */
const SHARE_OF_PERSON = 0.1
const MIN_TO_PERSON = 20
const OF_ACCOUNTS: readonly MailPurpose[] = ['verify', 'reset', 'welcome', 'registered', 'security']
const OF_MEETINGS: readonly MailPurpose[] = [
  'code',
  'invitation',
  'update',
  'answer',
  'cancellation',
  'reminder',
]

/** Bounds how many emails go out, per recipient and purpose, per account and for the server. */
export class MailBudget {
  readonly #options: MailBudgetOptions
  readonly #now: () => Date
  /** One decision at a time, so that two don't spend the same rest. */
  readonly #turns = new SerialQueue()

  constructor(options: MailBudgetOptions) {
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  /**
   * Counts all emails of `origin`, or none when a limit is reached.
   *
   * @throws {AppError} `rate_limited`, with what remains
   */
  take(origin: MailOrigin): Promise<void> {
    if (origin.recipients.length === 0) return Promise.resolve()
    return this.#turns.add(async () => {
      await this.#assertRoom(origin)
      await this.#options.store.add(origin, this.#now())
    })
  }

  /** Counts emails that must go out in any case. */
  async count(origin: MailOrigin): Promise<void> {
    if (origin.recipients.length > 0) await this.#options.store.add(origin, this.#now())
  }

  /** @throws {AppError} `rate_limited`, with what remains */
  check(origin: MailOrigin): Promise<void> {
    return origin.recipients.length === 0 ? Promise.resolve() : this.#assertRoom(origin)
  }

  forgetOld(): Promise<void> {
    return this.#options.store.removeBefore(this.#since(DAY_MS))
  }

  async #assertRoom(origin: MailOrigin): Promise<void> {
    await this.#assertPerRecipient(origin)
    await this.#assertPerAccount(origin)
    const { store, limits } = this.#options
    const purposes = OF_ACCOUNTS.includes(origin.purpose) ? OF_ACCOUNTS : OF_MEETINGS
    const sent = await store.count({ since: this.#since(DAY_MS), purposes })
    const remaining = limits.server - sent
    if (origin.recipients.length > remaining)
      throw refusal('This server has sent as many emails as it may in 24 hours.', {
        remaining,
        limit: limits.server,
      })
  }

  async #assertPerRecipient({ purpose, recipients }: MailOrigin): Promise<void> {
    for (const [limit, windowMs] of PER_RECIPIENT[purpose] ?? []) {
      const filter = { since: this.#since(windowMs), purposes: [purpose] }
      assertEach(await this.#options.store.countTo(recipients, filter), limit)
    }
  }

  async #assertPerAccount({ purpose, account, recipients }: MailOrigin): Promise<void> {
    const factor = BY_ACCOUNT[purpose]
    if (account === null || factor === undefined) return
    const { store } = this.#options
    const ofAccount = await this.#limitOf(account)
    const filter = { since: this.#since(DAY_MS), purposes: [purpose], account }
    const limit = ofAccount * factor
    const remaining = Math.max(0, limit - (await store.count(filter)))
    if (recipients.length > remaining)
      throw refusal(
        `This would send ${inWords(recipients.length)}, and your account can send ${remaining} more for now ` +
          `(${limit} in 24 hours). Nothing was changed or sent.`,
        { remaining, limit },
      )
    const toPerson = Math.max(MIN_TO_PERSON, ofAccount * SHARE_OF_PERSON) * factor
    assertEach(await store.countTo(recipients, filter), toPerson)
  }

  async #limitOf(id: string): Promise<number> {
    const { limits, findAccount } = this.#options
    const account = await findAccount(id)
    if (!account) return 0
    if (account.role === 'administrator') return limits.account * ADMINISTRATOR_FACTOR
    const isNew = this.#now().getTime() - account.createdAt.getTime() < NEW_ACCOUNT_MS
    return isNew ? Math.min(limits.newAccount, limits.account) : limits.account
  }

  #since(ms: number): Date {
    return new Date(this.#now().getTime() - ms)
  }
}

function assertEach(sent: ReadonlyMap<string, number>, limit: number): void {
  for (const [address, count] of sent)
    if (count >= limit)
      throw refusal(`${address} was sent too many emails like this one. Try again later.`, {
        remaining: 0,
        limit,
      })
}

function refusal(message: string, budget: { readonly remaining: number; readonly limit: number }): AppError {
  const remaining = Math.max(0, budget.remaining)
  return new AppError('rate_limited', message, { details: { ...budget, remaining } })
}

function inWords(count: number): string {
  return count === 1 ? '1 email' : `${count} emails`
}
