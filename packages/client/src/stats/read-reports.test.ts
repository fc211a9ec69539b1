import { describe, expect, test } from 'vitest'
import { readPath } from './path-stats.ts'
import { compareReceived, readReceived } from './received-stats.ts'
import chromium from './recorded/chromium.json' with { type: 'json' }
import firefox from './recorded/firefox.json' with { type: 'json' }
import { compareSent, readSent } from './sent-stats.ts'
import { readEntries, type StatsEntry } from './stats-entry.ts'

type Readings = readonly (readonly StatsEntry[])[]

const received = ([before = [], now = []]: Readings) =>
  compareReceived(readReceived(before), readReceived(now))
const sent = ([before = [], now = []]: Readings) => compareSent(readSent(before), readSent(now))
const last = (readings: Readings) => readings.at(-1) ?? []

/*
 * Reports of a call between Chromium 156 and Firefox 153, taken twice two seconds apart: over a link and through the
 * server.
 */
describe.each([
  ['Chromium', chromium],
  ['Firefox', firefox],
] as const)('the reports of %s', (browser, recorded) => {
  describe.each(['direct', 'sfu'] as const)('of a call that goes %s', (way) => {
    const reports = recorded[way]

    test('say how a picture arrives', () => {
      const stats = received(reports.videoReceived)
      expect(stats).toMatchObject({ codec: 'VP8', lossShare: 0, flowing: true, concealedShare: 0 })
      expect(stats?.bitrateBps).toBeGreaterThan(50_000)
      expect(stats?.bitrateBps).toBeLessThan(3_000_000)
      expect(stats?.fps).toBeGreaterThan(5)
      expect(stats?.fps).toBeLessThan(40)
      expect(stats?.jitterMs).toBeGreaterThan(0)
      const { width, height } = stats ?? {}
      expect((width ?? 0) / (height ?? 1)).toBeCloseTo(16 / 9, 1)
    })

    test('say how sound arrives', () => {
      const stats = received(reports.audioReceived)
      expect(stats).toMatchObject({ codec: 'opus', width: null, height: null, fps: null, frozenShare: 0 })
      expect(stats?.bitrateBps).toBeGreaterThan(10_000)
      expect(stats?.bitrateBps).toBeLessThan(150_000)
      expect(stats?.concealedShare).toBeLessThan(0.5)
    })

    test('say what picture is sent', () => {
      const stats = sent(reports.videoSent)
      expect(stats).toMatchObject({ codec: 'VP8', lossShare: 0 })
      expect(stats?.limitation).toBe(browser === 'Firefox' ? null : 'none')
      expect(stats?.bitrateBps).toBeGreaterThan(50_000)
      expect(stats?.fps).toBeGreaterThan(5)
      expect(stats?.rttMs).toBeGreaterThan(0)
      expect(stats?.rttMs).toBeLessThan(200)
    })

    test('say what sound is sent', () => {
      const stats = sent(reports.audioSent)
      expect(stats).toMatchObject({ codec: 'opus', layers: 1, height: null, fps: null })
      expect(stats?.bitrateBps).toBeGreaterThan(10_000)
    })

    test('say which path the packets take', () => {
      for (const readings of [reports.videoReceived, reports.audioSent]) {
        const path = readPath(last(readings))
        expect(path).toMatchObject({ relayed: false, protocol: 'udp' })
        expect(path?.rttMs).toBeGreaterThanOrEqual(0)
        expect((path?.availableBps ?? 0) > 100_000).toBe(browser === 'Chromium')
      }
    })
  })

  test('say how large the largest of several layers is', () => {
    expect(sent(recorded.direct.videoSent)?.layers).toBe(1)
    const { layers, height } = sent(recorded.sfu.videoSent) ?? {}
    expect({ layers, height }).toEqual(
      browser === 'Firefox' ? { layers: 3, height: 720 } : { layers: 2, height: 360 },
    )
  })
})

describe('what is read of a report', () => {
  const inbound = (change: Partial<StatsEntry>): StatsEntry => ({
    id: 'in',
    type: 'inbound-rtp',
    timestamp: 0,
    ssrc: 7,
    ...change,
  })

  test('loss is that of the time between two readings', () => {
    const before = inbound({ packetsReceived: 1000, packetsLost: 300 })
    const now = inbound({ timestamp: 2000, packetsReceived: 1090, packetsLost: 310 })
    expect(received([[before], [now]])?.lossShare).toBeCloseTo(0.1)
  })

  test('packets that come late after all make no negative loss', () => {
    const before = inbound({ packetsReceived: 1000, packetsLost: 30 })
    const now = inbound({ timestamp: 2000, packetsReceived: 1090, packetsLost: 10 })
    expect(received([[before], [now]])?.lossShare).toBe(0)
  })

  test('freezes and made-up sound are shares of the time', () => {
    const before = inbound({
      totalFreezesDuration: 1,
      concealedSamples: 100,
      silentConcealedSamples: 100,
      totalSamplesReceived: 0,
    })
    const now = inbound({
      timestamp: 2000,
      totalFreezesDuration: 1.5,
      concealedSamples: 25_000,
      silentConcealedSamples: 1000,
      totalSamplesReceived: 96_000,
    })
    const stats = received([[before], [now]])
    expect(stats?.frozenShare).toBeCloseTo(0.25)
    expect(stats?.concealedShare).toBeCloseTo(0.25)
  })

  test('nothing is said when nothing came yet, or another track took the place', () => {
    const before = inbound({ bytesReceived: 1000 })
    expect(received([[], [before]])).toBeNull()
    expect(received([[before], [before]])).toBeNull()
    expect(received([[before], [inbound({ timestamp: 2000, ssrc: 8 })]])).toBeNull()
  })

  test('when no packet came it does not flow', () => {
    const before = inbound({ packetsReceived: 10 })
    expect(received([[before], [{ ...before, timestamp: 2000 }]])).toMatchObject({
      flowing: false,
      bitrateBps: 0,
      lossShare: 0,
    })
  })

  test('layers that are turned off do not count, and what limits one limits the picture', () => {
    const layer = (change: Partial<StatsEntry>): StatsEntry => ({
      ...{ id: 'out', type: 'outbound-rtp', timestamp: 0, frameWidth: 320, frameHeight: 180 },
      ...change,
    })
    const layers = [
      layer({ qualityLimitationReason: 'none' }),
      layer({ qualityLimitationReason: 'bandwidth', frameWidth: 640, frameHeight: 360, targetBitrate: 5 }),
      layer({ active: false, frameWidth: 1280, frameHeight: 720, qualityLimitationReason: 'cpu' }),
    ]
    expect(readSent(layers)).toMatchObject({
      layers: 2,
      height: 360,
      limitation: 'bandwidth',
      targetBps: 5,
    })
  })

  test('the rate of pictures and bits is that of a layer that was there before, whichever is the largest', () => {
    const layers = (
      timestamp: number,
      small: Partial<StatsEntry>,
      large: Partial<StatsEntry>,
    ): StatsEntry[] => [
      { id: 'small', type: 'outbound-rtp', timestamp, frameWidth: 320, frameHeight: 180, ...small },
      { id: 'large', type: 'outbound-rtp', timestamp, frameWidth: 640, frameHeight: 360, ...large },
    ]
    const before = layers(
      1000,
      { framesSent: 300, bytesSent: 5000 },
      { framesSent: 90, bytesSent: 9000, active: false },
    )
    const now = layers(3000, { framesSent: 360, bytesSent: 7500 }, { framesSent: 120, bytesSent: 11_500 })
    expect(sent([before, now])).toMatchObject({ height: 360, fps: 15, bitrateBps: 20_000 })
    expect(sent([now, layers(5000, { framesSent: 420, bytesSent: 8500 }, { active: false })])).toMatchObject({
      height: 180,
      fps: 30,
    })
  })

  test('an old report of the other end is not taken for news', () => {
    const report = (timestamp: number): StatsEntry[] => [
      { id: 'out', type: 'outbound-rtp', timestamp: 60_000 },
      { id: 'remote', type: 'remote-inbound-rtp', timestamp, fractionLost: 0.5, roundTripTime: 0.1 },
    ]
    expect(readSent(report(59_000))).toMatchObject({ lossShare: 0.5, rttMs: 100 })
    expect(readSent(report(40_000))).toMatchObject({ lossShare: null, rttMs: null })
  })
})

describe('the path', () => {
  const pair = {
    id: 'pair',
    type: 'candidate-pair',
    timestamp: 0,
    localCandidateId: 'l',
    remoteCandidateId: 'r',
  }
  const local = { id: 'l', type: 'local-candidate', timestamp: 0, candidateType: 'host', protocol: 'udp' }
  const remote = { id: 'r', type: 'remote-candidate', timestamp: 0, candidateType: 'host', protocol: 'udp' }

  test('goes through a relay when either end uses one, over what leads to that', () => {
    const chosen = { ...pair, selected: true }
    const relay = { ...local, candidateType: 'relay', relayProtocol: 'tls' }
    expect(readPath([chosen, relay, remote])).toMatchObject({ relayed: true, protocol: 'tls' })
    expect(readPath([chosen, local, { ...remote, candidateType: 'relay' }])).toMatchObject({
      relayed: true,
      protocol: 'udp',
    })
    expect(readPath([chosen, { ...local, protocol: 'tcp' }, remote])).toMatchObject({
      relayed: false,
      protocol: 'tcp',
    })
  })

  test('is that of the pair which is nominated when nothing else says so, and of none before', () => {
    expect(readPath([{ ...pair, nominated: true, state: 'succeeded' }, local])).not.toBeNull()
    expect(readPath([{ ...pair, nominated: true, state: 'in-progress' }, local])).toBeNull()
    expect(readPath([])).toBeNull()
  })
})

test('a browser that never answers is not waited for', async () => {
  expect(await readEntries({ getStats: () => new Promise(() => {}) }, 1)).toBeNull()
  expect(await readEntries({ getStats: () => Promise.reject(new Error('closed')) })).toBeNull()
  const entry = { id: 'a', type: 'codec', timestamp: 0 }
  expect(await readEntries({ getStats: () => Promise.resolve(new Map([['a', entry]])) })).toEqual([entry])
})
