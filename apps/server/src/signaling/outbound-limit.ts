const MOST_PACKETS = 256
const MOST_BYTES = 1_048_576
const PATIENCE_MS = 5000

export interface OutboundQueue {
  /** Packets and bytes that wait for the receiver to read. */
  readonly packets: number
  readonly bytes: number
}

/**
 * Decides when a receiver reads too slowly: above the limit for five seconds, or four times above it at all. What is
 * queued for one stuck client would otherwise grow without end.
 */
export class OutboundLimit {
  readonly #now: () => number
  #aboveSince: number | null = null

  constructor(now: () => number = () => performance.now()) {
    this.#now = now
  }

  /** Whether the receiver should be let go, given what waits for it now. */
  isExceeded({ packets, bytes }: OutboundQueue): boolean {
    const load = Math.max(packets / MOST_PACKETS, bytes / MOST_BYTES)
    if (load <= 1) {
      this.#aboveSince = null
      return false
    }
    this.#aboveSince ??= this.#now()
    return load > 4 || this.#now() - this.#aboveSince > PATIENCE_MS
  }
}
