import { ParticipantId, StatsReport } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Store } from '../core/store.ts'
import type { QualityChoice } from '../topology/demands.ts'
import type { ArrivingTrack, CallSample, PersonStats } from './call-sample.ts'
import { condense } from './condense.ts'
import type { PathStats } from './path-stats.ts'
import { reportStats } from './report-stats.ts'

const PATH: PathStats = { relayed: false, protocol: 'udp', rttMs: 30, availableBps: null }
const GOOD = { level: 'good', problem: null, advice: null } as const
const POOR = { level: 'poor', problem: 'loss', advice: 'theirs' } as const

const voice = (change: Partial<ArrivingTrack> = {}, lossShare = 0): ArrivingTrack => ({
  source: 'microphone',
  way: 'sfu',
  path: PATH,
  stats: {
    bitrateBps: 40_000,
    lossShare,
    jitterMs: 8,
    width: null,
    height: null,
    fps: null,
    codec: 'opus',
    frozenShare: 0,
    concealedShare: 0,
    flowing: true,
  },
  ...change,
})

const person = (change: Partial<PersonStats> = {}): PersonStats => ({
  id: ParticipantId.parse(crypto.randomUUID()),
  arriving: [voice()],
  quality: GOOD,
  ...change,
})

const sampleOf = (change: Partial<CallSample> = {}): CallSample => ({
  at: 0,
  people: [person()],
  leaving: [],
  own: GOOD,
  ...change,
})

describe('a report', () => {
  test('has the middle of what was measured, and keeps to the contract', () => {
    const samples = [10, 30, 900].map((rttMs) =>
      sampleOf({ people: [person({ arriving: [voice({ path: { ...PATH, rttMs } }, 0.03)] })] }),
    )
    const report = condense(samples, 9.6)
    expect(StatsReport.parse({ ...report, saving: false })).toEqual({
      seconds: 10,
      level: 'good',
      problem: null,
      rttMs: 30,
      jitterMs: 8,
      lossPermille: 30,
      sentKbps: 0,
      receivedKbps: 40,
      sentHeight: null,
      receivedHeight: null,
      way: 'sfu',
      relayed: false,
      protocol: 'udp',
      saving: false,
    })
  })

  test('has the worst level of its time', () => {
    const bad = sampleOf({ own: { level: 'fair', problem: 'cpu', advice: 'close_programs' } })
    expect(condense([sampleOf(), bad, sampleOf()], 10)).toMatchObject({ level: 'fair', problem: 'cpu' })
  })

  test('takes it for the own connection when everyone arrives badly, and only then', () => {
    const bad = person({ quality: POOR })
    expect(condense([sampleOf({ people: [bad, bad] })], 10)).toMatchObject({ level: 'poor', problem: 'loss' })
    expect(condense([sampleOf({ people: [bad, bad, person()] })], 10)?.level).toBe('good')
    expect(condense([sampleOf({ people: [bad] })], 10)?.level).toBe('good')
  })

  test('says which way media takes at the end, and what is unusual about it', () => {
    const links = voice({ way: 'links', path: { ...PATH, relayed: true, protocol: 'tls' } })
    const now = sampleOf({ people: [person({ arriving: [voice(), links] })] })
    expect(condense([sampleOf(), now], 10)).toMatchObject({ way: 'links', relayed: true, protocol: 'tls' })
  })

  test('has the height of the largest picture', () => {
    const picture = (height: number) => {
      const { stats } = voice()
      return voice({ source: 'camera', stats: stats && { ...stats, height } })
    }
    const samples = [180, 720, 360].map((height) =>
      sampleOf({ people: [person({ arriving: [voice(), picture(height)] })] }),
    )
    expect(condense(samples, 10)).toMatchObject({ sentHeight: null, receivedHeight: 720 })
  })

  test('says of who is alone that nothing is known', () => {
    const report = condense([sampleOf({ people: [] })], 0.2)
    expect(StatsReport.parse({ ...report, saving: false })).toMatchObject({
      seconds: 1,
      rttMs: null,
      lossPermille: null,
      way: 'none',
      protocol: null,
    })
    expect(condense([], 10)).toBeNull()
  })

  test('stays within its bounds whatever was measured', () => {
    const wild = voice({ path: { ...PATH, rttMs: 1e9 } }, 7)
    const report = condense([sampleOf({ people: [person({ arriving: [wild] })] })], 4000)
    expect(StatsReport.parse({ ...report, saving: false })).toMatchObject({
      seconds: 60,
      rttMs: 60_000,
      lossPermille: 1000,
    })
  })
})

describe('reporting', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })

  afterEach(() => {
    vi.useRealTimers()
  })

  test('happens every five samples until it is stopped, whatever becomes of a report', () => {
    const store = new Store<CallSample | null>(null)
    const report = vi.fn<(report: StatsReport) => Promise<void>>(() => Promise.reject(new Error('lost')))
    const quality = new Store<QualityChoice>('auto')
    const stop = reportStats({ sample: store, quality, report })
    const pass = (count: number) => {
      for (let at = 0; at < count; at += 1) {
        vi.advanceTimersByTime(2000)
        store.set(sampleOf({ at }))
      }
    }
    pass(4)
    expect(report).not.toHaveBeenCalled()
    pass(1)
    quality.set('saving')
    pass(5)
    expect(report.mock.calls.map(([{ seconds, saving }]) => [seconds, saving])).toEqual([
      [10, false],
      [10, true],
    ])
    stop()
    pass(10)
    expect(report).toHaveBeenCalledTimes(2)
  })
})
