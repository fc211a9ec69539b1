import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { CaptureError } from '../errors.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import type { EchoRigOptions } from './echo-rig.ts'
import { EchoTest } from './echo-test.ts'

let level: number
let rigs: { options: EchoRigOptions; replayed: boolean; closed: boolean }[]
let test: EchoTest
const open = vi.fn<() => Promise<MediaStreamTrack>>()

beforeEach(() => {
  vi.useFakeTimers()
  level = 0
  rigs = []
  open.mockReset().mockImplementation(async () => new FakeTrack('audio'))
  test = new EchoTest(async (options) => {
    const rig = { options, replayed: false, closed: false }
    rigs.push(rig)
    return {
      level: () => level,
      replay: () => void (rig.replayed = true),
      close: () => void (rig.closed = true),
    }
  })
})

const start = () => test.start({ open, speakerId: 'headset' })

afterEach(() => vi.useRealTimers())

it('records for four seconds, plays back for as long, and tells whether anything was heard', async () => {
  await start()
  expect(rigs[0]?.options).toMatchObject({ speakerId: 'headset', delayS: 4 })
  level = 0.6
  await vi.advanceTimersByTimeAsync(2000)
  expect(test.state.get()).toMatchObject({ phase: 'recording', level: 0.6, heard: null })
  expect(test.state.get().progress).toBeCloseTo(0.5, 1)
  expect(rigs[0]?.replayed).toBe(false)
  await vi.advanceTimersByTimeAsync(3000)
  expect(test.state.get()).toMatchObject({ phase: 'playing', heard: true })
  expect(rigs[0]).toMatchObject({ replayed: true, closed: false })
  await vi.advanceTimersByTimeAsync(4000)
  expect(test.state.get()).toMatchObject({ phase: 'ready', heard: true })
  expect(rigs[0]?.closed).toBe(true)
})

it('says so when the microphone gives nothing but noise', async () => {
  level = 0.1
  await start()
  await vi.advanceTimersByTimeAsync(9000)
  expect(test.state.get()).toMatchObject({ phase: 'ready', heard: false })
})

it('stops when told so, also while the microphone is being opened', async () => {
  await start()
  await vi.advanceTimersByTimeAsync(1000)
  test.stop()
  expect(rigs[0]?.closed).toBe(true)
  expect(test.state.get().phase).toBe('ready')
  const opening = Promise.withResolvers<MediaStreamTrack>()
  open.mockReturnValueOnce(opening.promise)
  const starting = start()
  test.stop()
  opening.resolve(new FakeTrack('audio'))
  await starting
  expect(rigs[1]?.closed).toBe(true)
  expect(test.state.get().phase).toBe('ready')
})

it('tells why it cannot begin', async () => {
  open.mockRejectedValueOnce(new CaptureError('permission_denied', 'No.'))
  await start()
  expect(test.state.get()).toMatchObject({ phase: 'failed', error: { reason: 'permission_denied' } })
})
