import type { RequestLimit } from '@video-meet/protocol'

const MS_PER_MINUTE = 60_000

/** Allows `burst` at once and `perMinute` in the long run. */
export class TokenBucket {
  readonly #limit: RequestLimit
  readonly #now: () => number
  #tokens: number
  #updatedAt: number

  /** @param now monotonic clock in milliseconds */
  constructor(limit: RequestLimit, now: () => number = () => performance.now()) {
    this.#limit = limit
    this.#now = now
    this.#tokens = limit.burst
    this.#updatedAt = now()
  }

  /** Takes `cost` tokens if they are there, and tells whether they were; takes none otherwise. */
  take(cost = 1): boolean {
    this.#refill()
    if (this.#tokens < cost) return false
    this.#tokens -= cost
    return true
  }

  /** Gives back what was taken for something that need not be limited. */
  giveBack(cost = 1): void {
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + cost)
  }

  /** Whole seconds after which `take(cost)` can succeed; `Infinity` when `cost` is more than the bucket holds. */
  secondsUntil(cost = 1): number {
    this.#refill()
    if (cost > this.#limit.burst) return Infinity
    const missing = Math.max(0, cost - this.#tokens)
    return Math.ceil((missing / this.#limit.perMinute) * 60)
  }

  #refill(): void {
    const now = this.#now()
    const gained = ((now - this.#updatedAt) / MS_PER_MINUTE) * this.#limit.perMinute
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + gained)
    this.#updatedAt = now
  }
}
