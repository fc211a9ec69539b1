import { addressBlock } from '../../platform/client-address.ts'
import { AppError } from '../../platform/errors.ts'
import type { Familiarity } from './known-devices.ts'
import { LoginDelay } from './login-delay.ts'

/** Somebody who tries a password or a code. */
export interface Attempt extends Familiarity {
  /** Identifies the account, whether or not it exists. */
  readonly account: string
  readonly address: string
}

/**
 * Makes guessing slow without keeping the owner out. A known browser waits for its own mistakes only, anyone else for
 * those from the same network. Browsers in unknown networks also share a limit per account, so that guessing from many
 * networks is slow as well.
 */
export class SignInThrottle {
  readonly #perSource: LoginDelay
  readonly #perAccount: LoginDelay

  /** @param now monotonic clock in milliseconds */
  constructor(now?: () => number) {
    this.#perSource = new LoginDelay({ now })
    this.#perAccount = new LoginDelay({
      freeFailures: 30,
      maxDelayMs: 5 * 60_000,
      forgetMs: 24 * 60 * 60_000,
      now,
    })
  }

  /**
   * Compares what was given, at most as often as allowed.
   *
   * @param isRight compares; resolves to false for a wrong guess
   * @throws {AppError} `rate_limited`
   */
  attempt(who: Attempt, isRight: () => Promise<boolean>): Promise<boolean> {
    const { account, deviceHash, isKnownNetwork, address } = who
    const source = deviceHash === null ? addressBlock(address) : `device ${deviceHash}`
    const bySource = { delay: this.#perSource, key: `${account} ${source}`, isForgiving: true }
    const guarded = () => guard(bySource, isRight)
    if (deviceHash !== null || isKnownNetwork) return guarded()
    return guard({ delay: this.#perAccount, key: account, isForgiving: false }, guarded)
  }

  /** As `attempt`, for somebody who is signed in to the account: what strangers try doesn't delay them. */
  attemptSignedIn(account: string, isRight: () => Promise<boolean>): Promise<boolean> {
    return guard({ delay: this.#perSource, key: `${account} signed in`, isForgiving: true }, isRight)
  }
}

interface Guard {
  readonly delay: LoginDelay
  readonly key: string
  /** Whether a right guess makes up for the wrong ones. */
  readonly isForgiving: boolean
}

function guard({ delay, key, isForgiving }: Guard, isRight: () => Promise<boolean>): Promise<boolean> {
  return delay.inTurn(key, async () => {
    const retryAfterSeconds = Math.ceil(delay.waitOf(key) / 1000)
    if (retryAfterSeconds > 0)
      throw new AppError('rate_limited', `Too many attempts. Try again in ${retryAfterSeconds} s.`, {
        details: { retryAfterSeconds },
      })
    const right = await isRight()
    if (!right) delay.failed(key)
    else if (isForgiving) delay.succeeded(key)
    return right
  })
}
