import { expect, it } from 'vitest'
import { createStatsReport } from '../../../test/lib/stats-report.ts'
import { MAX_POINTS, type QualityPoint, readPoints, withPoint } from './quality-points.ts'

type Reports = readonly ReturnType<typeof createStatsReport>[]

const pointsOf = (reports: Reports) => reports.map((report, index) => ({ ...report, at: index * 10 }))

function collect(reports: Reports): QualityPoint[] {
  return pointsOf(reports).reduce<QualityPoint[]>((points, one) => withPoint(points, one), [])
}

it('keeps reports as they came while they are few', () => {
  const reports = Array.from({ length: MAX_POINTS }, (_, index) => createStatsReport({ rttMs: index }))
  expect(collect(reports)).toEqual(pointsOf(reports))
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
    sentHeight: 720,
    receivedHeight: null,
  })
  const reports = [
    bad,
    createStatsReport({ jitterMs: 4, way: 'links' }),
    ...Array.from({ length: MAX_POINTS - 1 }, () => createStatsReport()),
  ]
  expect(collect(reports)[0]).toEqual({
    ...createStatsReport(),
    at: 0,
    seconds: 20,
    level: 'poor',
    problem: 'loss',
    rttMs: 700,
    jitterMs: 4,
    lossPermille: 200,
    sentKbps: 300,
    sentHeight: 720,
    way: 'links',
  })
})

it('reads what was kept when points told less', () => {
  const { sentHeight: _, receivedHeight: _r, saving: _s, ...old } = createStatsReport()
  expect(readPoints([{ ...old, seconds: 640 }, old, { ...createStatsReport(), at: 700 }])).toEqual([
    { ...old, seconds: 640, at: 0, sentHeight: null, receivedHeight: null, saving: false },
    { ...old, at: 640, sentHeight: null, receivedHeight: null, saving: false },
    { ...createStatsReport(), at: 700 },
  ])
})
