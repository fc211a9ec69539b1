import type { PersonQuality } from '@video-meet/protocol'

/** Somebody who was connected well and directly for two minutes. */
export function buildPersonQuality(change: Partial<PersonQuality> = {}): PersonQuality {
  return {
    name: 'Ana',
    userId: null,
    kind: 'guest',
    seconds: 120,
    fairSeconds: 0,
    poorSeconds: 0,
    rttMs: { median: 20, worst: 700 },
    jitterMs: { median: 4, worst: 4 },
    lossShare: { median: 0, worst: 0.15 },
    sentKbps: 500,
    receivedKbps: 1200,
    sentHeight: 360,
    receivedHeight: null,
    problems: [],
    worstStretch: null,
    ways: { links: 120, sfu: 0, relayed: 0, tcp: 0 },
    switches: 0,
    reconnects: 0,
    ...change,
  }
}
