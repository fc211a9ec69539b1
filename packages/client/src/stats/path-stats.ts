import type { StatsEntry } from './stats-entry.ts'

/** What packets travel in. */
export type PathProtocol = 'udp' | 'tcp' | 'tls'

/** The path that the packets of a connection take. */
export interface PathStats {
  /** Through a TURN server of one end or the other. */
  readonly relayed: boolean
  readonly protocol: PathProtocol | null
  /** There and back, to the other end of the connection. */
  readonly rttMs: number | null
  /** What the browser believes can be sent; Firefox does not say. */
  readonly availableBps: number | null
}

/** Reads which pair of candidates a connection uses; null before there is one. */
export function readPath(entries: readonly StatsEntry[]): PathStats | null {
  const pair = selectedPair(entries)
  if (!pair) return null
  const local = entries.find(({ id }) => id === pair.localCandidateId)
  const remote = entries.find(({ id }) => id === pair.remoteCandidateId)
  return {
    relayed: local?.candidateType === 'relay' || remote?.candidateType === 'relay',
    protocol: protocolOf(local),
    rttMs: pair.currentRoundTripTime === undefined ? null : pair.currentRoundTripTime * 1000,
    availableBps: pair.availableOutgoingBitrate ?? null,
  }
}

function selectedPair(entries: readonly StatsEntry[]): StatsEntry | undefined {
  const chosen = entries.find(({ type }) => type === 'transport')?.selectedCandidatePairId
  if (chosen !== undefined) return entries.find(({ id }) => id === chosen)
  const pairs = entries.filter(({ type }) => type === 'candidate-pair')
  // Firefox without statistics of the transport marks the pair itself.
  return (
    pairs.find(({ selected }) => selected === true) ??
    pairs.find(({ nominated, state }) => nominated === true && state === 'succeeded')
  )
}

function protocolOf(local: StatsEntry | undefined): PathProtocol | null {
  // What leaves this browser: on the way to a TURN server it may be another protocol than from there on.
  const protocol = local?.relayProtocol ?? local?.protocol
  return protocol === 'udp' || protocol === 'tcp' || protocol === 'tls' ? protocol : null
}
