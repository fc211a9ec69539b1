import type { StatsReport } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { createStatsReport } from '../../../test/lib/stats-report.ts'
import { MAX_POINTS, type QualityPoint, withPoint } from './quality-points.ts'

function collect(reports: readonly StatsReport[]): QualityPoint[] {
  return reports.reduce<QualityPoint[]>((points, one) => withPoint(points, one), [])
}

it('keeps reports as they came while they are few', () => {
  const reports = Array.from({ length: MAX_POINTS }, (_, index) => createStatsReport({ rttMs: index }))
  expect(collect(reports)).toEqual(reports)
})

it('never keeps more than so many, and loses no second of a day', () => {
  const reports = Array.from({ length: 8640 }, () => createStatsReport())
  const points = collect(reports)
  expect(points.length).toBeLessThanOrEqual(MAX_POINTS)
  expect(points.reduce((sum, { seconds }) => sum + seconds, 0)).toBe(86_400)
})

it('keeps the worst of what is put together', () => {
  const bad = createStatsReport({
    level: 'poor',
    problem: 'loss',
    rttMs: 700,
    lossPermille: 200,
    sentKbps: 100,
  })
  const reports = [
    bad,
    createStatsReport({ jitterMs: 4, way: 'links' }),
    ...Array.from({ length: MAX_POINTS - 1 }, () => createStatsReport()),
  ]
  expect(collect(reports)[0]).toEqual({
    ...createStatsReport(),
    seconds: 20,
    level: 'poor',
    problem: 'loss',
    rttMs: 700,
    jitterMs: 4,
    lossPermille: 200,
    sentKbps: 300,
    way: 'links',
  })
})
