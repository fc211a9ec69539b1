import { delay } from '../core/abort.ts'

/** A track that should be coming in at this moment. */
export interface ExpectedTrack {
  readonly key: string
  readonly receiver: RTCRtpReceiver
}

export interface StallWatchOptions {
  readonly expected: () => readonly ExpectedTrack[]
  /** Nothing has come in for a moment, which may be the sender's doing. */
  readonly onSilent: () => void
  /**
   * Nothing of all that is expected comes in.
   *
   * @param times how often this was told since something last came in, from 1
   */
  readonly onStalled: (times: number) => void
  /** Something comes in again after a silence. */
  readonly onBack: () => void
  readonly now?: () => number
}

const LOOK_EVERY_MS = 1000
/** While nothing comes in: what is done when something does has to be done soon. */
const LOOK_OFTEN_MS = 200
/** Who has been silent for so long is not about to come back at every moment. */
const OFTEN_FOR_MS = 120_000
/** Longer than the pauses that there are while nobody speaks. */
const SILENT_AFTER_MS = 1000
/** Statistics cost something; of a broken way all tracks tell the same. */
const MOST_LOOKED_AT = 3
const STALLED_AFTER_MS = 4000
/** What was done about it needs so long to show. */
const BETWEEN_MS = 5000
const STATS_WITHIN_MS = 1000

/**
 * Notices that a connection which calls itself connected brings nothing. A single silent track says little, since its
 * sender may have stalled; when all of several do not come in, it is the way that is broken.
 */
export class StallWatch {
  readonly #options: StallWatchOptions
  readonly #now: () => number
  /** Packets by track, at the last look. */
  #seen: ReadonlyMap<string, number> = new Map()
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When something last came in, or could have begun to. */
  #alive = 0
  #toldAt = -Infinity
  #times = 0
  #isSilent = false

  constructor(options: StallWatchOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  start(): void {
    if (this.#timer !== undefined) return
    this.#reset()
    this.#lookIn(LOOK_EVERY_MS)
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#seen = new Map()
  }

  #lookIn(ms: number): void {
    this.#timer = setTimeout(() => void this.#look(), ms)
  }

  async #look(): Promise<void> {
    const timer = this.#timer
    const expected = this.#options.expected().slice(0, MOST_LOOKED_AT)
    const counts = await Promise.all(
      expected.map(async ({ key, receiver }) => [key, await packetsReceived(receiver)] as const),
    )
    if (timer === undefined || timer !== this.#timer) return
    this.#lookIn(this.#judge(counts) ? LOOK_EVERY_MS : LOOK_OFTEN_MS)
  }

  /** @returns whether there is no reason to look again soon */
  #judge(expected: readonly (readonly [key: string, packets: number])[]): boolean {
    const isNew = expected.some(([key]) => !this.#seen.has(key))
    const isAnotherWay = expected.every(([key]) => !this.#seen.has(key))
    const hasMoved = expected.some(([key, packets]) => packets > (this.#seen.get(key) ?? Infinity))
    this.#seen = new Map(expected)
    if (hasMoved || isAnotherWay) {
      this.#reset()
      if (hasMoved && this.#isSilent) this.#tellBack()
      return true
    }
    // What has only just begun to be expected gets its time.
    if (isNew) this.#alive = this.#now()
    else this.#tellIfStalled()
    return isNew || this.#now() - this.#alive > OFTEN_FOR_MS
  }

  #tellBack(): void {
    this.#isSilent = false
    this.#options.onBack()
  }

  #tellIfStalled(): void {
    const now = this.#now()
    if (now - this.#alive >= SILENT_AFTER_MS && !this.#isSilent) {
      this.#isSilent = true
      this.#options.onSilent()
    }
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
  // Those of a connection that is closed meanwhile may never come.
  const waiting = new AbortController()
  const late = delay(STATS_WITHIN_MS, waiting.signal).catch(() => undefined)
  const stats = await Promise.race([receiver.getStats().catch(() => undefined), late])
  waiting.abort()
  const reports = [...((stats?.values() ?? []) as Iterable<{ type: string; packetsReceived?: number }>)]
  return reports.find(({ type }) => type === 'inbound-rtp')?.packetsReceived ?? 0
}
