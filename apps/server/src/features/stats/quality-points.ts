import { type QualityLevel, StatsReport } from '@video-meet/protocol'

/** One report, or several that were put together, which cover more seconds than one. */
export interface QualityPoint extends StatsReport {
  /** How many seconds after the beginning of the stay its time begins. */
  readonly at: number
}

const AS_AT_FIRST = { sentHeight: null, receivedHeight: null, saving: false }

/** Reads the points of a stay as they were kept. */
export function readPoints(kept: readonly unknown[]): QualityPoint[] {
  let end = 0
  return kept.map((one) => {
    // Those that were written first have none of these, nor a time of their own.
    const { seconds, at, ...rest } = { ...AS_AT_FIRST, at: end, ...(one as object) } as QualityPoint
    const report = StatsReport.parse({ ...rest, seconds: 1 })
    end = at + seconds
    return { ...report, seconds, at }
  })
}

/** So many are kept of a stay: of a longer one less exactly. */
export const MAX_POINTS = 240

const RANK: Readonly<Record<QualityLevel, number>> = { good: 0, fair: 1, poor: 2, lost: 3 }

/** Adds one; when there are too many, each two that follow each other become one. */
export function withPoint(points: readonly QualityPoint[], point: QualityPoint): QualityPoint[] {
  const all = [...points, point]
  if (all.length <= MAX_POINTS) return all
  return Array.from({ length: Math.ceil(all.length / 2) }, (_, index) => {
    const [first, second] = [all[index * 2] ?? point, all[index * 2 + 1]]
    return second ? together(first, second) : first
  })
}

/** Whether the connection was poor or lost. */
export function isBad({ level }: Pick<QualityPoint, 'level'>): boolean {
  return RANK[level] >= RANK.poor
}

/** The worse of two; of two alike the first. */
export function worseOf<Judged extends Pick<QualityPoint, 'level'>>(first: Judged, second: Judged): Judged {
  return RANK[second.level] > RANK[first.level] ? second : first
}

/** The worse of two, over the time of both. */
function together(first: QualityPoint, second: QualityPoint): QualityPoint {
  const worse = worseOf(first, second)
  const seconds = first.seconds + second.seconds
  const mean = (name: 'sentKbps' | 'receivedKbps') =>
    Math.round((first[name] * first.seconds + second[name] * second.seconds) / seconds)
  return {
    ...second,
    at: first.at,
    seconds,
    level: worse.level,
    problem: worse.problem,
    rttMs: highest(first.rttMs, second.rttMs),
    jitterMs: highest(first.jitterMs, second.jitterMs),
    lossPermille: highest(first.lossPermille, second.lossPermille),
    sentKbps: mean('sentKbps'),
    receivedKbps: mean('receivedKbps'),
    sentHeight: highest(first.sentHeight, second.sentHeight),
    receivedHeight: highest(first.receivedHeight, second.receivedHeight),
  }
}

function highest(first: number | null, second: number | null): number | null {
  if (first === null || second === null) return first ?? second
  return Math.max(first, second)
}
