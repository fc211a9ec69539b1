import { AppError } from '../../platform/errors.ts'
import { TokenBuckets } from '../../platform/token-buckets.ts'
import type { StoredMeeting } from './meeting.ts'

/** Wrong passwords that one network may try at a meeting, and all networks together: at most 30 in any ten minutes. */
const TRIES_OF_ADDRESS = { burst: 5, perMinute: 0.5 }
const TRIES_AT_MEETING = { burst: 15, perMinute: 1.5 }

/**
 * Checks the password of a meeting.
 *
 * @returns `unchecked` when so many wrong ones were tried at the meeting that nobody's is looked at for now
 * @throws {AppError} `password_required`, `wrong_password`, `rate_limited`
 */
export type CheckPassword = (
  meeting: Pick<StoredMeeting, 'id' | 'passwordHash'>,
  given: { readonly password?: string | undefined; readonly address: string },
) => Promise<'checked' | 'unchecked'>

export function createPasswordCheck(
  verify: (hash: string, password: string) => Promise<boolean>,
  now?: () => number,
): CheckPassword {
  const ofAddress = new TokenBuckets(TRIES_OF_ADDRESS, now)
  const atMeeting = new TokenBuckets(TRIES_AT_MEETING, now)
  return async ({ id, passwordHash }, { password, address }) => {
    if (passwordHash === null) return 'checked'
    if (password === undefined) throw new AppError('password_required', 'This meeting has a password.')
    const own = ofAddress.of(`${address} ${id}`)
    if (!own.take()) {
      throw new AppError('rate_limited', 'Too many passwords were tried. Try again later.', {
        details: { retryAfterSeconds: own.secondsUntil() },
      })
    }
    const all = atMeeting.of(id)
    if (!all.take()) {
      own.giveBack()
      return 'unchecked'
    }
    let isWrong = false
    try {
      isWrong = !(await verify(passwordHash, password))
    } finally {
      // Whoever knows it may be one of many behind one address, or of all who come back after a restart.
      if (!isWrong) for (const bucket of [own, all]) bucket.giveBack()
    }
    if (isWrong) throw new AppError('wrong_password', 'This is not the password of the meeting.')
    return 'checked'
  }
}
