/** An entry of a report: of all that browsers say, what is read here. Which of it is there differs by browser. */
export interface StatsEntry {
  readonly id: string
  readonly type: string
  /** In ms since 1970. */
  readonly timestamp: number
  readonly ssrc?: number
  readonly codecId?: string
  readonly mimeType?: string
  readonly active?: boolean
  readonly transportId?: string
  readonly selectedCandidatePairId?: string
  readonly localCandidateId?: string
  readonly remoteCandidateId?: string
  readonly nominated?: boolean
  readonly selected?: boolean
  readonly state?: string
  readonly candidateType?: string
  readonly protocol?: string
  readonly relayProtocol?: string
  readonly currentRoundTripTime?: number
  readonly availableOutgoingBitrate?: number
  readonly roundTripTime?: number
  readonly fractionLost?: number
  readonly bytesReceived?: number
  readonly bytesSent?: number
  readonly packetsReceived?: number
  readonly packetsLost?: number
  readonly jitter?: number
  readonly frameWidth?: number
  readonly frameHeight?: number
  readonly framesPerSecond?: number
  readonly framesDecoded?: number
  readonly framesSent?: number
  readonly totalFreezesDuration?: number
  readonly concealedSamples?: number
  readonly silentConcealedSamples?: number
  readonly totalSamplesReceived?: number
  readonly qualityLimitationReason?: string
  readonly targetBitrate?: number
}

/** What is asked for statistics: a sender or a receiver. */
export interface StatsSource {
  getStats(): Promise<RTCStatsReport>
}

/**
 * The statistics of one sender or receiver; null when the browser does not give them, as it may for one that is closed
 * meanwhile. Those that are asked for together cost the browser one look at a connection.
 */
export async function readEntries(source: StatsSource, withinMs = 1500): Promise<StatsEntry[] | null> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), withinMs)
  })
  try {
    const report = await Promise.race([source.getStats(), late])
    return report && [...(report.values() as Iterable<StatsEntry>)]
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}

/** Name of the codec, such as `VP8`. */
export function codecName(entries: readonly StatsEntry[], codecId: string | undefined): string | null {
  const mimeType = entries.find(({ id }) => id === codecId)?.mimeType
  return mimeType?.split('/')[1] ?? null
}

/** Per second, from two readings of a counter; 0 when it was set back. */
export function perSecond(grown: number, elapsedMs: number): number {
  return elapsedMs > 0 ? Math.max(0, grown) / (elapsedMs / 1000) : 0
}

/** A part of a whole, from 0 to 1. */
export function shareOf(part: number, whole: number): number {
  return whole > 0 ? Math.min(1, Math.max(0, part / whole)) : 0
}
