/** Failures that cost nothing: everyone mistypes. */
const FREE_FAILURES = 5
const FIRST_DELAY_MS = 1000
const MAX_DELAY_MS = 60_000
/** After this time without a failure all is forgotten. */
const FORGET_MS = 15 * 60_000
const MAX_KEYS = 20_000

interface Failures {
  count: number
  lastAt: number
}

/** Makes guessing slow, and never locks anyone out for good: who fails often waits longer each time. */
export class LoginDelay {
  readonly #failures = new Map<string, Failures>()
  readonly #running = new Map<string, Set<Promise<void>>>()
  readonly #now: () => number

  /** @param now monotonic clock in milliseconds */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Milliseconds until the next try of `key` is listened to; 0: now. */
  waitOf(key: string): number {
    const failures = this.#recent(key)
    if (!failures || failures.count < FREE_FAILURES) return 0
    const delay = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures.count - FREE_FAILURES))
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

  /** Does `work`, a try of `key`, when as many more may fail as are at work: tries at once are no way around the wait. */
  async inTurn<T>(key: string, work: () => Promise<T>): Promise<T> {
    for (let others = this.#running.get(key); others; others = this.#running.get(key)) {
      if ((this.#recent(key)?.count ?? 0) + others.size < FREE_FAILURES) break
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
    if (failures && this.#now() - failures.lastAt > FORGET_MS) {
      this.#failures.delete(key)
      return undefined
    }
    return failures
  }
}
