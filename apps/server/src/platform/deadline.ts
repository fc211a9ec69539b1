import { AppError } from './errors.ts'

/** A timer that fires this much too late says that this process was held up, not what it waits for. */
const HELD_UP_MS = 250

/**
 * Waits for `work`, but no longer than `ms`. Time in which this process itself was held up does not count: what it
 * waits for may have arrived meanwhile and only be unread.
 *
 * @throws AppError `timeout` naming `what` when the time is up; `work` goes on, its outcome is ignored
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    const wait = () => {
      const due = performance.now() + ms
      timer = setTimeout(() => {
        if (performance.now() > due + HELD_UP_MS) wait()
        else reject(new AppError('timeout', `${what} took longer than ${ms} ms.`))
      }, ms)
    }
    wait()
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
