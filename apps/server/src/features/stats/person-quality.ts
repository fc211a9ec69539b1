import type { PersonQuality, QualityProblem } from '@video-meet/protocol'
import { isBad, type QualityPoint } from './quality-points.ts'
import type { StoredQuality } from './quality-store.ts'
import { worstStretch } from './worst-stretch.ts'

/**
 * How everyone was connected, in order of their first report.
 *
 * @param reconnectsOf how often the line of somebody came back
 */
export function personQualities(
  stays: readonly StoredQuality[],
  reconnectsOf: (personKey: string) => number,
): PersonQuality[] {
  const byPerson = Map.groupBy(stays, ({ personKey }) => personKey)
  return [...byPerson].flatMap(([key, own]) => qualityOf(own, reconnectsOf(key)) ?? [])
}

function qualityOf(stays: readonly StoredQuality[], reconnects: number): PersonQuality | null {
  const last = stays.at(-1)
  if (!last) return null
  const points = stays.flatMap((stay) => stay.points)
  const during = (holds: (point: QualityPoint) => boolean) => secondsOf(points.filter(holds))
  return {
    name: last.name,
    userId: last.userId,
    kind: last.userId ? 'user' : 'guest',
    seconds: secondsOf(points),
    fairSeconds: during(({ level }) => level === 'fair'),
    poorSeconds: during(isBad),
    rttMs: measured(points.map(({ rttMs }) => rttMs)),
    jitterMs: measured(points.map(({ jitterMs }) => jitterMs)),
    lossShare: measured(
      points.map(({ lossPermille }) => (lossPermille === null ? null : lossPermille / 1000)),
    ),
    sentKbps: mean(points, 'sentKbps'),
    receivedKbps: mean(points, 'receivedKbps'),
    sentHeight: measured(points.map(({ sentHeight }) => sentHeight))?.median ?? null,
    receivedHeight: measured(points.map(({ receivedHeight }) => receivedHeight))?.median ?? null,
    problems: problemsOf(points),
    worstStretch: worstStretch(stays),
    ways: {
      links: during(({ way }) => way === 'links'),
      sfu: during(({ way }) => way === 'sfu'),
      relayed: during(({ relayed }) => relayed),
      tcp: during(({ protocol }) => protocol === 'tcp' || protocol === 'tls'),
    },
    // To come back is no change of the way.
    switches: stays.reduce((sum, stay) => sum + switchesOf(stay.points), 0),
    reconnects,
  }
}

function secondsOf(points: readonly QualityPoint[]): number {
  return points.reduce((sum, { seconds }) => sum + seconds, 0)
}

function mean(points: readonly QualityPoint[], name: 'sentKbps' | 'receivedKbps'): number {
  const sum = points.reduce((total, point) => total + point[name] * point.seconds, 0)
  return Math.round(sum / Math.max(1, secondsOf(points)))
}

function measured(values: readonly (number | null)[]): PersonQuality['rttMs'] {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b)
  const [median, worst] = [known[Math.floor((known.length - 1) / 2)], known.at(-1)]
  return median === undefined || worst === undefined ? null : { median, worst }
}

function problemsOf(points: readonly QualityPoint[]): PersonQuality['problems'] {
  const seconds = new Map<QualityProblem, number>()
  for (const { problem, seconds: more } of points)
    if (problem !== null) seconds.set(problem, (seconds.get(problem) ?? 0) + more)
  return [...seconds]
    .map(([problem, sum]) => ({ problem, seconds: sum }))
    .toSorted((a, b) => b.seconds - a.seconds)
}

function switchesOf(points: readonly QualityPoint[]): number {
  const ways = points.map(({ way }) => way).filter((way) => way !== 'none')
  return ways.filter((way, index) => index > 0 && way !== ways[index - 1]).length
}
