/** A track that should be coming in at this moment. */
export interface ExpectedTrack {
  readonly key: string
  readonly receiver: RTCRtpReceiver
}

export interface StallWatchOptions {
  readonly expected: () => readonly ExpectedTrack[]
  /**
   * Nothing of all that is expected comes in.
   *
   * @param times how often this was told since something last came in, from 1
   */
  readonly onStalled: (times: number) => void
  readonly now?: () => number
}

const LOOK_EVERY_MS = 1000
/** Statistics cost something; of a broken way all tracks tell the same. */
const MOST_LOOKED_AT = 3
const STALLED_AFTER_MS = 4000
/** What was done about it needs so long to show. */
const BETWEEN_MS = 5000

/**
 * Notices that a connection which calls itself connected brings nothing. A single silent track says little, since its
 * sender may have stalled; when all of several do not come in, it is the way that is broken.
 */
export class StallWatch {
  readonly #options: StallWatchOptions
  readonly #now: () => number
  /** Packets by track, at the last look. */
  #seen: ReadonlyMap<string, number> = new Map()
  #timer: ReturnType<typeof setInterval> | undefined
  /** When something last came in, or could have begun to. */
  #alive = 0
  #toldAt = -Infinity
  #times = 0
  #looking = false

  constructor(options: StallWatchOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  start(): void {
    if (this.#timer !== undefined) return
    this.#reset()
    this.#timer = setInterval(() => void this.#look(), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
    this.#seen = new Map()
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const expected = this.#options.expected().slice(0, MOST_LOOKED_AT)
      const counts = await Promise.all(
        expected.map(async ({ key, receiver }) => [key, await packetsReceived(receiver)] as const),
      )
      if (this.#timer !== undefined) this.#judge(counts)
    } finally {
      this.#looking = false
    }
  }

  #judge(expected: readonly (readonly [key: string, packets: number])[]): void {
    const isNew = expected.some(([key]) => !this.#seen.has(key))
    const hasMoved = expected.some(([key, packets]) => packets > (this.#seen.get(key) ?? Infinity))
    this.#seen = new Map(expected)
    if (hasMoved || expected.length === 0) this.#reset()
    // What has only just begun to be expected gets its time.
    else if (isNew) this.#alive = this.#now()
    else this.#tellIfStalled()
  }

  #tellIfStalled(): void {
    const now = this.#now()
    if (now - this.#alive < STALLED_AFTER_MS || now - this.#toldAt < BETWEEN_MS) return
    this.#toldAt = now
    this.#times += 1
    this.#options.onStalled(this.#times)
  }

  #reset(): void {
    this.#alive = this.#now()
    this.#toldAt = -Infinity
    this.#times = 0
  }
}

/** 0 when the statistics cannot be read, as of a receiver that is just closed. */
async function packetsReceived(receiver: RTCRtpReceiver): Promise<number> {
  const stats = await receiver.getStats().catch(() => undefined)
  const reports = [...((stats?.values() ?? []) as Iterable<{ type: string; packetsReceived?: number }>)]
  return reports.find(({ type }) => type === 'inbound-rtp')?.packetsReceived ?? 0
}
