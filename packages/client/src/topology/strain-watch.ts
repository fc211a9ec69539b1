export interface StrainWatchOptions {
  /** What sends the camera at this moment. */
  readonly senders: () => readonly RTCRtpSender[]
  /** Encoding is too much for this device. @returns whether less is sent now, which can be taken back */
  readonly onStrained: () => boolean
  /** It has been well for a while: a step can be taken back. */
  readonly onRelieved: () => void
  readonly now?: () => number
}

const LOOK_EVERY_MS = 2000
/** Browsers make pictures smaller by themselves and soon larger again; this is about what does not pass. */
const LOOKED_AT = 10
const STRAINED_LOOKS = 8
const CALM_MS = 60_000
const MOST_CALM_MS = 8 * CALM_MS

/** Notices that encoding the camera is too much for this device for longer than the browser can help itself. */
export class StrainWatch {
  readonly #options: StrainWatchOptions
  readonly #now: () => number
  /** Whether the processor was the limit, at the last looks. */
  #looks: boolean[] = []
  #timer: ReturnType<typeof setInterval> | undefined
  #looking = false
  /** Steps that can be taken back. */
  #steps = 0
  #wellSince = 0
  #relievedAt = -Infinity
  /** Grows when it was taken back too early. */
  #calmMs = CALM_MS

  constructor(options: StrainWatchOptions) {
    this.#options = options
    this.#now = options.now ?? (() => performance.now())
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.#look(), LOOK_EVERY_MS)
  }

  stop(): void {
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  async #look(): Promise<void> {
    if (this.#looking) return
    this.#looking = true
    try {
      const limited = await Promise.all(this.#options.senders().map(isLimitedByProcessor))
      if (this.#timer !== undefined) this.#judge(limited)
    } finally {
      this.#looking = false
    }
  }

  #judge(limited: readonly boolean[]): void {
    const now = this.#now()
    const isStrained = limited.includes(true)
    this.#looks = [...this.#looks, isStrained].slice(-LOOKED_AT)
    // Of what sends nothing one cannot tell whether it would be too much.
    if (isStrained || limited.length === 0) this.#wellSince = now
    if (this.#looks.filter(Boolean).length >= STRAINED_LOOKS) this.#less(now)
    else if (this.#steps > 0 && now - this.#wellSince >= this.#calmMs) this.#more(now)
  }

  #less(now: number): void {
    this.#looks = []
    if (now - this.#relievedAt < 2 * this.#calmMs) this.#calmMs = Math.min(2 * this.#calmMs, MOST_CALM_MS)
    if (this.#options.onStrained()) this.#steps += 1
  }

  #more(now: number): void {
    this.#steps -= 1
    this.#wellSince = now
    this.#relievedAt = now
    this.#options.onRelieved()
  }
}

interface SentReport {
  readonly type: string
  readonly active?: boolean
  readonly qualityLimitationReason?: string
}

/** False when the statistics cannot be read, as of a sender that is just closed, and where browsers do not tell. */
async function isLimitedByProcessor(sender: RTCRtpSender): Promise<boolean> {
  const stats = await sender.getStats().catch(() => undefined)
  for (const { type, active, qualityLimitationReason } of (stats?.values() ?? []) as Iterable<SentReport>)
    if (type === 'outbound-rtp' && active !== false && qualityLimitationReason === 'cpu') return true
  return false
}
