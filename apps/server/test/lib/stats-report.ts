import type { StatsReport } from '@video-meet/protocol'

/** What somebody with a good connection to the server reports. */
export function createStatsReport(change: Partial<StatsReport> = {}): StatsReport {
  return {
    seconds: 10,
    level: 'good',
    problem: null,
    rttMs: 20,
    jitterMs: null,
    lossPermille: 0,
    sentKbps: 500,
    receivedKbps: 900,
    sentHeight: 360,
    receivedHeight: 720,
    way: 'sfu',
    relayed: false,
    protocol: 'udp',
    saving: false,
    ...change,
  }
}
