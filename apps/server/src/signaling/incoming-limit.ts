import { MAX_MESSAGE_BYTES } from '@video-meet/protocol'
import { TokenBucket } from '../platform/token-bucket.ts'

/** Well above what the limits of requests let a client send, with the answers to pings and what belongs to Socket.IO. */
const PACKETS = { burst: 200, perMinute: 3000 }
const BYTES = { burst: 8 * MAX_MESSAGE_BYTES, perMinute: 60 * MAX_MESSAGE_BYTES }

/** What one socket may send, whether or not it is a request: parsing costs as much either way. */
export class IncomingLimit {
  readonly #packets: TokenBucket
  readonly #bytes: TokenBucket

  /** @param now monotonic clock in milliseconds */
  constructor(now?: () => number) {
    this.#packets = new TokenBucket(PACKETS, now)
    this.#bytes = new TokenBucket(BYTES, now)
  }

  accepts(bytes: number): boolean {
    return this.#packets.take() && this.#bytes.take(bytes)
  }
}
