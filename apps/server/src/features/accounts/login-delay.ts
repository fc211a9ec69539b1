const MAX_KEYS = 20_000

export interface LoginDelayOptions {
  /** Failures that cost nothing: everyone mistypes. */
  readonly freeFailures?: number
  readonly maxDelayMs?: number
  /** All failures of a key are forgotten after this time without another one. */
  readonly forgetMs?: number
  /** Monotonic clock in milliseconds. */
  readonly now?: (() => number) | undefined
}

const FIRST_DELAY_MS = 1000

interface Failures {
  count: number
  lastAt: number
}

/** Delays tries by key: each failure after the free ones doubles the wait, up to a limit, so nobody is locked out for good. */
export class LoginDelay {
  readonly #failures = new Map<string, Failures>()
  readonly #running = new Map<string, Set<Promise<void>>>()
  readonly #freeFailures: number
  readonly #maxDelayMs: number
  readonly #forgetMs: number
  readonly #now: () => number

  constructor(options: LoginDelayOptions = {}) {
    const { freeFailures = 5, maxDelayMs = 60_000, forgetMs = 15 * 60_000 } = options
    this.#freeFailures = freeFailures
    this.#maxDelayMs = maxDelayMs
    this.#forgetMs = forgetMs
    this.#now = options.now ?? (() => performance.now())
  }

  /** Milliseconds until the next try of `key` is accepted; 0 when it is accepted now. */
  waitOf(key: string): number {
    const failures = this.#recent(key)
    if (!failures || failures.count < this.#freeFailures) return 0
    const delay = Math.min(this.#maxDelayMs, FIRST_DELAY_MS * 2 ** (failures.count - this.#freeFailures))
    return Math.max(0, failures.lastAt + delay - this.#now())
  }

  failed(key: string): void {
    const count = (this.#recent(key)?.count ?? 0) + 1
    this.#failures.delete(key)
    this.#failures.set(key, { count, lastAt: this.#now() })
    if (this.#failures.size <= MAX_KEYS) return
    const [longestQuiet] = this.#failures.keys()
    if (longestQuiet !== undefined) this.#failures.delete(longestQuiet)
  }

  succeeded(key: string): void {
    this.#failures.delete(key)
  }

  /**
   * Runs `work`, a try of `key`, as soon as all running tries could fail without a delay for it: running many tries at
   * once is no way around the wait.
   */
  async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    for (let others = this.#running.get(key); others; others = this.#running.get(key)) {
      if ((this.#recent(key)?.count ?? 0) + others.size < this.#freeFailures) break
      await Promise.race(others)
    }
    const running = this.#running.get(key) ?? new Set()
    this.#running.set(key, running)
    const trying = work()
    const ended = trying
      .then(
        () => undefined,
        () => undefined,
      )
      .then(() => {
        running.delete(ended)
        if (running.size === 0) this.#running.delete(key)
      })
    running.add(ended)
    return trying
  }

  #recent(key: string): Failures | undefined {
    const failures = this.#failures.get(key)
    if (failures && this.#now() - failures.lastAt > this.#forgetMs) {
      this.#failures.delete(key)
      return undefined
    }
    return failures
  }
}
