import { codecName, perSecond, type StatsEntry } from './stats-entry.ts'

/** Why a picture is sent smaller than it could be. */
export type Limitation = 'none' | 'cpu' | 'bandwidth' | 'other'

/** What has been sent of a track up to a moment. */
export interface SentCounters {
  readonly at: number
  readonly bytes: number
  /** How many pictures were sent of each layer. */
  readonly frames: ReadonlyMap<string, number>
  /** Which layer has the most pixels. */
  readonly largest: string
  readonly width: number | null
  readonly height: number | null
  readonly codec: string | null
  /** How many layers are sent. */
  readonly layers: number
  /** What the encoder is told to keep to; Firefox does not say. */
  readonly targetBps: number | null
  /** Firefox does not say. */
  readonly limitation: Limitation | null
  /** As the other end last reported. */
  readonly lossShare: number | null
  readonly rttMs: number | null
  readonly jitterMs: number | null
}

/** How a track is sent. */
export interface SentStats extends Omit<SentCounters, 'at' | 'bytes' | 'frames' | 'largest'> {
  readonly bitrateBps: number
  readonly fps: number | null
}

/** Reports of the other end that are older than this say nothing of now. */
const REPORT_VALID_MS = 10_000

/** Reads a sender's report; null when nothing has ever been sent. */
export function readSent(entries: readonly StatsEntry[]): SentCounters | null {
  const all = entries.filter(({ type }) => type === 'outbound-rtp')
  const layers = all.filter(({ active }) => active !== false)
  const [first] = layers
  if (!first) return null
  const largest = layers.reduce((best, layer) => (areaOf(layer) > areaOf(best) ? layer : best))
  const reports = entries.filter(
    ({ type, timestamp }) => type === 'remote-inbound-rtp' && first.timestamp - timestamp < REPORT_VALID_MS,
  )
  const targets = layers.flatMap(({ targetBitrate }) => targetBitrate ?? [])
  return {
    at: first.timestamp,
    bytes: sum(all.map(({ bytesSent = 0 }) => bytesSent)),
    frames: new Map(all.map(({ id, framesSent = 0 }) => [id, framesSent])),
    largest: largest.id,
    width: largest.frameWidth ?? null,
    height: largest.frameHeight ?? null,
    codec: codecName(entries, largest.codecId),
    layers: layers.length,
    targetBps: targets.length > 0 ? sum(targets) : null,
    limitation: limitationOf(layers),
    lossShare: highest(reports.map(({ fractionLost }) => fractionLost)),
    // The report that was delayed least tells most of the path.
    rttMs: lowest(reports.map(({ roundTripTime }) => inMs(roundTripTime))),
    jitterMs: lowest(reports.map(({ jitter }) => inMs(jitter))),
  }
}

/** What happened between two readings; null when there is nothing to compare. */
export function compareSent(before: SentCounters | null, now: SentCounters | null): SentStats | null {
  if (!before || !now || now.at <= before.at) return null
  const { at, bytes, frames, largest, ...stats } = now
  const elapsedMs = at - before.at
  // Which layer is the largest changes while a call goes on.
  const pictures = (frames.get(largest) ?? 0) - (before.frames.get(largest) ?? 0)
  return {
    ...stats,
    bitrateBps: perSecond((bytes - before.bytes) * 8, elapsedMs),
    fps: now.height === null ? null : perSecond(pictures, elapsedMs),
  }
}

function limitationOf(layers: readonly StatsEntry[]): Limitation | null {
  const reasons = layers.flatMap(({ qualityLimitationReason }) => qualityLimitationReason ?? [])
  if (reasons.length === 0) return null
  return (['cpu', 'bandwidth', 'other'] as const).find((reason) => reasons.includes(reason)) ?? 'none'
}

function areaOf({ frameWidth = 0, frameHeight = 0 }: StatsEntry): number {
  return frameWidth * frameHeight
}

function inMs(seconds: number | undefined): number | undefined {
  return seconds === undefined ? undefined : seconds * 1000
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function highest(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined)
  return known.length > 0 ? Math.max(...known) : null
}

function lowest(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined)
  return known.length > 0 ? Math.min(...known) : null
}
