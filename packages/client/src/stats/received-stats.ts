import { codecName, perSecond, shareOf, type StatsEntry } from './stats-entry.ts'

/** What has been received of a track up to a moment. */
export interface ReceivedCounters {
  readonly at: number
  readonly ssrc: number
  readonly bytes: number
  readonly packets: number
  readonly lost: number
  readonly frames: number
  readonly frozenMs: number
  readonly samples: number
  readonly concealed: number
  readonly jitterMs: number | null
  readonly width: number | null
  readonly height: number | null
  readonly codec: string | null
}

/** How a track arrives. */
export interface ReceivedStats {
  readonly bitrateBps: number
  /** Of the packets, from 0 to 1. */
  readonly lossShare: number
  readonly jitterMs: number | null
  /** Of pictures; null of sound, and before any has come. */
  readonly width: number | null
  readonly height: number | null
  readonly fps: number | null
  readonly codec: string | null
  /** Of the time, how much the picture stood still. */
  readonly frozenShare: number
  /** Of the sound, how much the browser had to make up. */
  readonly concealedShare: number
  /** Whether any packet has come. */
  readonly flowing: boolean
}

/** Reads a receiver's report; null when nothing has ever arrived. */
export function readReceived(entries: readonly StatsEntry[]): ReceivedCounters | null {
  const inbound = entries.find(({ type }) => type === 'inbound-rtp')
  if (!inbound) return null
  return {
    at: inbound.timestamp,
    ssrc: inbound.ssrc ?? 0,
    ...countersOf(inbound),
    jitterMs: inbound.jitter === undefined ? null : inbound.jitter * 1000,
    width: inbound.frameWidth ?? null,
    height: inbound.frameHeight ?? null,
    codec: codecName(entries, inbound.codecId),
  }
}

function countersOf(inbound: StatsEntry) {
  const { concealedSamples = 0, silentConcealedSamples = 0, totalFreezesDuration = 0 } = inbound
  return {
    bytes: inbound.bytesReceived ?? 0,
    packets: inbound.packetsReceived ?? 0,
    lost: inbound.packetsLost ?? 0,
    frames: inbound.framesDecoded ?? 0,
    frozenMs: totalFreezesDuration * 1000,
    samples: inbound.totalSamplesReceived ?? 0,
    // Silence that is made up while nobody speaks is no gap.
    concealed: concealedSamples - silentConcealedSamples,
  }
}

/** What happened between two readings; null when there is nothing to compare, as when the track was replaced. */
export function compareReceived(
  before: ReceivedCounters | null,
  now: ReceivedCounters | null,
): ReceivedStats | null {
  if (!before || !now || before.ssrc !== now.ssrc || now.at <= before.at) return null
  const elapsedMs = now.at - before.at
  const packets = now.packets - before.packets
  const lost = Math.max(0, now.lost - before.lost)
  return {
    bitrateBps: perSecond((now.bytes - before.bytes) * 8, elapsedMs),
    lossShare: shareOf(lost, lost + Math.max(0, packets)),
    jitterMs: now.jitterMs,
    width: now.width,
    height: now.height,
    fps: now.height === null ? null : perSecond(now.frames - before.frames, elapsedMs),
    codec: now.codec,
    frozenShare: shareOf(now.frozenMs - before.frozenMs, elapsedMs),
    concealedShare: shareOf(now.concealed - before.concealed, now.samples - before.samples),
    flowing: packets > 0,
  }
}
