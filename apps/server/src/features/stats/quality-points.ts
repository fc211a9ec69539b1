import { type QualityLevel, StatsReport } from '@video-meet/protocol'

/** One report, or several that were put together, which cover more seconds than one. */
export type QualityPoint = StatsReport

/** Reads a point as it was kept. */
export function readPoint(kept: unknown): QualityPoint {
  const { seconds, ...rest } = kept as QualityPoint
  return { ...StatsReport.parse({ ...rest, seconds: 1 }), seconds: Number(seconds) }
}

/** So many are kept of a stay: of a longer one less exactly. */
export const MAX_POINTS = 240

const RANK: Readonly<Record<QualityLevel, number>> = { good: 0, fair: 1, poor: 2, lost: 3 }

/** Adds a report; when there are too many, each two that follow each other become one. */
export function withPoint(points: readonly QualityPoint[], report: StatsReport): QualityPoint[] {
  const all = [...points, report]
  if (all.length <= MAX_POINTS) return all
  return Array.from({ length: Math.ceil(all.length / 2) }, (_, index) => {
    const [first, second] = [all[index * 2] ?? report, all[index * 2 + 1]]
    return second ? together(first, second) : first
  })
}

/** The worse of two, over the time of both. */
function together(first: QualityPoint, second: QualityPoint): QualityPoint {
  const worse = RANK[second.level] > RANK[first.level] ? second : first
  const seconds = first.seconds + second.seconds
  const mean = (name: 'sentKbps' | 'receivedKbps') =>
    Math.round((first[name] * first.seconds + second[name] * second.seconds) / seconds)
  return {
    ...second,
    seconds,
    level: worse.level,
    problem: worse.problem,
    rttMs: highest(first.rttMs, second.rttMs),
    jitterMs: highest(first.jitterMs, second.jitterMs),
    lossPermille: highest(first.lossPermille, second.lossPermille),
    sentKbps: mean('sentKbps'),
    receivedKbps: mean('receivedKbps'),
  }
}

function highest(first: number | null, second: number | null): number | null {
  if (first === null || second === null) return first ?? second
  return Math.max(first, second)
}
