/** How long to wait before the next attempt, and how long to let it run. */
export interface ReconnectStep {
  readonly delayMs: number
  readonly timeoutMs: number
}

/** Where a row of attempts stands. */
export interface ReconnectProgress {
  /** Attempts that have failed in this row. */
  readonly failures: number
  /** Time since the connection was lost. */
  readonly elapsedMs: number
}

/** Decides when to try again. There is no last attempt: the person decides when to give up. */
export type ReconnectPolicy = (progress: ReconnectProgress) => ReconnectStep

const FIRST_DELAY_MS = 200
const MAX_DELAY_MS = 3000
/** As long as the server holds the seat. */
const EAGER_FOR_MS = 120_000
const PATIENT_DELAY_MS = 10_000
const FIRST_TIMEOUT_MS = 4000
const MAX_TIMEOUT_MS = 10_000

/**
 * Full jitter from 0.2 s to 3 s for as long as the seat is held, then every 10 s. Early attempts are cut short, as one
 * that began in a blackout would wait for TCP's own, slower retries.
 */
export function createReconnectPolicy(random: () => number = Math.random): ReconnectPolicy {
  return ({ failures, elapsedMs }) => {
    const ceilingMs = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(failures, 10))
    return {
      delayMs: elapsedMs < EAGER_FOR_MS ? Math.round(random() * ceilingMs) : PATIENT_DELAY_MS,
      timeoutMs: Math.min(MAX_TIMEOUT_MS, FIRST_TIMEOUT_MS + failures * 500),
    }
  }
}
