import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CaptureError, SignalingError } from '../errors.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import type { CheckView } from './check-view.ts'
import { ConnectionCheck, type CheckParts, type EchoProbe, type EchoWay } from './connection-check.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

const WIDE = { upBps: 2_000_000, downBps: 2_100_000, lossShare: 0, rttMs: 20, growing: false }

/** A world where all goes well, but for what is given. */
function setUp(but: Partial<CheckParts> & { blocked?: readonly EchoWay[]; hasTurn?: boolean } = {}) {
  const { blocked = [], hasTurn = true, ...parts } = but
  const tracks: FakeTrack[] = []
  const open = { lines: 0, paths: 0 }
  const paths: EchoWay[] = []
  const capture = (kind: 'audio' | 'video') => async () => {
    const track = new FakeTrack(kind)
    tracks.push(track)
    return track
  }
  const probeOf = (way: EchoWay): EchoProbe => {
    open.paths += 1
    return {
      arrives: (signal) =>
        blocked.includes(way)
          ? new Promise((_resolve, reject) =>
              signal.addEventListener('abort', () => reject(new Error('late'))),
            )
          : Promise.resolve(),
      measure: () => Promise.resolve(WIDE),
      close: () => void (open.paths -= 1),
    }
  }
  const check = new ConnectionCheck({
    captureCamera: capture('video'),
    captureMicrophone: capture('audio'),
    playTone: () => Promise.resolve(),
    connect: async () => {
      open.lines += 1
      return {
        openPath: async (way) => {
          if (way === 'relay' && !hasTurn) return null
          paths.push(way)
          return probeOf(way)
        },
        close: () => void (open.lines -= 1),
      }
    },
    ...parts,
  })
  return { check, tracks, open, paths }
}

const outcomes = ({ steps }: CheckView) => Object.fromEntries(steps.map(({ id, outcome }) => [id, outcome]))

async function run(check: ConnectionCheck): Promise<CheckView> {
  const done = check.start()
  await vi.advanceTimersByTimeAsync(120_000)
  await done
  return check.state.get()
}

const ALL_PASSED = {
  camera: 'passed',
  microphone: 'passed',
  speaker: 'passed',
  server: 'passed',
  udp: 'passed',
  tcp: 'passed',
  relay: 'passed',
  bandwidth: 'passed',
}

test('everything is tested, and nothing stays open', async () => {
  const { check, tracks, open, paths } = setUp()
  const view = await run(check)
  expect(view).toMatchObject({ phase: 'done', bandwidth: WIDE })
  expect(outcomes(view)).toEqual(ALL_PASSED)
  expect(tracks.map(({ readyState }) => readyState)).toEqual(['ended', 'ended'])
  expect(paths).toEqual(['udp', 'tcp', 'relay', 'udp'])
  expect(open).toEqual({ lines: 0, paths: 0 })
})

test('the other ways are tested when one is blocked, and bandwidth over one that goes', async () => {
  const { check, paths, open } = setUp({ blocked: ['udp'] })
  const view = await run(check)
  expect(outcomes(view)).toEqual({ ...ALL_PASSED, udp: 'warning' })
  expect(view.steps.find(({ id }) => id === 'udp')).toMatchObject({ reason: 'timeout', ms: 7000 })
  expect(paths).toEqual(['udp', 'tcp', 'relay', 'tcp'])
  expect(open).toEqual({ lines: 0, paths: 0 })
})

test('without a TURN server there is nothing to test of it', async () => {
  const { check } = setUp({ hasTurn: false, blocked: ['udp', 'tcp'] })
  expect(outcomes(await run(check))).toEqual({
    ...ALL_PASSED,
    udp: 'failed',
    tcp: 'failed',
    relay: 'skipped',
    bandwidth: 'skipped',
  })
})

test('devices that cannot be had do not keep the rest from being tested', async () => {
  const { check } = setUp({
    captureCamera: () => Promise.reject(new CaptureError('device_busy', 'busy')),
    playTone: () => new Promise(() => {}),
  })
  const view = await run(check)
  expect(outcomes(view)).toEqual({ ...ALL_PASSED, camera: 'failed', speaker: 'failed' })
  expect(view.steps[0]).toMatchObject({ reason: 'device_busy' })
})

test('a server that refuses is said to, and no way is tried', async () => {
  const { check, paths } = setUp({
    connect: () => Promise.reject(new SignalingError('unavailable', 'too many')),
  })
  const view = await run(check)
  expect(outcomes(view)).toMatchObject({ server: 'failed', udp: 'skipped', bandwidth: 'skipped' })
  expect(view.steps[3]).toMatchObject({ reason: 'unavailable' })
  expect(paths).toEqual([])
})

test('a test that is stopped leaves nothing behind, and another one can begin', async () => {
  const { check, open } = setUp({ blocked: ['udp'] })
  const first = check.start()
  await vi.advanceTimersByTimeAsync(1000)
  expect(check.state.get().phase).toBe('running')
  check.stop()
  await vi.advanceTimersByTimeAsync(100)
  await first
  expect(check.state.get().phase).toBe('ready')
  expect(open).toEqual({ lines: 0, paths: 0 })
  expect((await run(check)).phase).toBe('done')
})
