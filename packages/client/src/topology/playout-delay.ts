import type { ExpectedTrack } from './stall-watch.ts'

export interface PlayoutDelayOptions {
  readonly expected: () => readonly ExpectedTrack[]
  readonly now?: () => number
}

interface Count {
  readonly received: number
  /** Never came. */
  readonly lost: number
  /** Came more than once, or at another attempt only. */
  readonly resent: number
  /** How often something was asked for again; null where browsers do not tell. */
  readonly asked: number | null
}

/** `jitterBufferTarget` is how browsers are told; those that do not know it decide alone. */
type DelayableReceiver = RTCRtpReceiver & { jitterBufferTarget?: number | null }

const LOOK_EVERY_MS = 1000
/** All tracks come over one path: some tell for all. */
const MOST_LOOKED_AT = 3
/** Fewer tell nothing. */
const ENOUGH_PACKETS = 20
/** Shares of packets that are lost, and how long playing then waits for what is sent again: one or two more attempts. */
const DELAYS: readonly (readonly [share: number, delayMs: number])[] = [
  [0.14, 400],
  [0.04, 250],
]
/** Losses come and go. */
const CALM_FOR_MS = 15_000

/** While many packets are lost, lets what comes in wait for what is sent again, instead of standing still for it. */
export class PlayoutDelay {
  readonly #options: PlayoutDelayOptions
  readonly #now: () => number
  #counts: ReadonlyMap<string, Count> = new Map()
  #timer: ReturnType<typeof setTimeout> | undefined
  #delayMs = 0
  #neededAt = 0

  constructor(options: PlayoutDelayOptions) {
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
    const expected = this.#options.expected()
    const before = this.#counts
    const counts = await Promise.all(
      expected
        .slice(0, MOST_LOOKED_AT)
        .map(async ({ key, receiver }) => [key, await countOf(receiver)] as const),
    )
    this.#counts = new Map(counts)
    this.#judge(shareMissed(before, this.#counts))
    for (const { receiver } of expected) this.#apply(receiver)
  }

  #judge(share: number): void {
    const needed = DELAYS.find(([from]) => share >= from)?.[1] ?? 0
    if (needed >= this.#delayMs) {
      this.#delayMs = needed
      this.#neededAt = this.#now()
    } else if (this.#now() - this.#neededAt >= CALM_FOR_MS) {
      this.#delayMs = needed
      this.#neededAt = this.#now()
    }
  }

  #apply(receiver: DelayableReceiver): void {
    const target = this.#delayMs || null
    if ((receiver.jitterBufferTarget ?? null) !== target) receiver.jitterBufferTarget = target
  }
}

function shareMissed(before: ReadonlyMap<string, Count>, now: ReadonlyMap<string, Count>): number {
  let [received, missed] = [0, 0]
  for (const [key, count] of now) {
    const last = before.get(key)
    // A track that was replaced counts from the beginning.
    if (!last || count.received < last.received) continue
    received += count.received - last.received
    missed += Math.max(0, count.lost - last.lost)
    // Senders also repeat what nobody asked for, to see how much goes through.
    if (count.asked === null || count.asked > (last.asked ?? 0)) missed += count.resent - last.resent
  }
  return received < ENOUGH_PACKETS ? 0 : missed / received
}

async function countOf(receiver: RTCRtpReceiver): Promise<Count> {
  const stats = await receiver.getStats().catch(() => undefined)
  for (const report of (stats?.values() ?? []) as Iterable<RTCInboundRtpStreamStats>) {
    if (report.type !== 'inbound-rtp') continue
    const {
      packetsReceived = 0,
      packetsLost = 0,
      retransmittedPacketsReceived = 0,
      nackCount = null,
    } = report
    return {
      received: packetsReceived,
      lost: packetsLost,
      resent: retransmittedPacketsReceived,
      asked: nackCount,
    }
  }
  return { received: 0, lost: 0, resent: 0, asked: null }
}
