import { AppError } from './errors.ts'

/**
 * Waits for `work`, but no longer than `ms`.
 *
 * @throws AppError `timeout` naming `what` when the time is up; `work` goes on, its outcome is ignored
 */
export async function withDeadline<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new AppError('timeout', `${what} took longer than ${ms} ms.`)), ms)
  })
  try {
    return await Promise.race([work, deadline])
  } finally {
    clearTimeout(timer)
  }
}
