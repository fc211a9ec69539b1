import type { RequestLimit } from '@video-meet/protocol'
import { TokenBucket } from './token-bucket.ts'

/** Remembered at once; the longest unused one is forgotten first, and has refilled most. */
const MAX_BUCKETS = 10_000

/** One token bucket per key, e.g. per address. */
export class TokenBuckets {
  readonly #buckets = new Map<string, TokenBucket>()
  readonly #limit: RequestLimit
  readonly #now: (() => number) | undefined

  constructor(limit: RequestLimit, now?: () => number) {
    this.#limit = limit
    this.#now = now
  }

  of(key: string): TokenBucket {
    const bucket = this.#buckets.get(key) ?? new TokenBucket(this.#limit, this.#now)
    this.#buckets.delete(key)
    this.#buckets.set(key, bucket)
    if (this.#buckets.size > MAX_BUCKETS) {
      const [longestUnused] = this.#buckets.keys()
      if (longestUnused !== undefined) this.#buckets.delete(longestUnused)
    }
    return bucket
  }
}
