import type { Logger } from '../platform/logger.ts'

export interface RepeatOptions {
  readonly everyMs: number
  readonly work: () => Promise<unknown>
  /** For the log. */
  readonly name: string
  readonly log: Logger
}

export interface Repetition {
  /** Waits for what is at work. */
  close(): Promise<void>
}

/** Does `work` every now and then, never twice at once; what fails is logged and done again next time. */
export function repeat({ everyMs, work, name, log }: RepeatOptions): Repetition {
  let running: Promise<unknown> | undefined
  const timer = setInterval(() => {
    running ??= (async () => work())()
      .catch((error: unknown) => log.error({ err: error, job: name }, 'a job failed'))
      .finally(() => {
        running = undefined
      })
  }, everyMs)
  timer.unref()
  return {
    async close() {
      clearInterval(timer)
      await running
    },
  }
}
