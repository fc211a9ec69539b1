import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type ExpectedTrack, StallWatch } from './stall-watch.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

class Incoming implements ExpectedTrack {
  readonly key: string
  flowing = true
  #last = 0

  constructor(key: string) {
    this.key = key
  }

  get receiver(): RTCRtpReceiver {
    if (this.flowing) this.#last += 50
    const stats = new Map([['in', { type: 'inbound-rtp', packetsReceived: this.#last }]])
    return { getStats: () => Promise.resolve(stats) } as unknown as RTCRtpReceiver
  }
}

function watch(...tracks: Incoming[]) {
  const told: number[] = []
  const stalls = new StallWatch({ expected: () => tracks, onStalled: (times) => told.push(times) })
  stalls.start()
  return { told, stalls, tracks }
}

it('says nothing while anything comes in', async () => {
  const [voice, camera] = [new Incoming('voice'), new Incoming('camera')]
  const { told } = watch(voice, camera)
  await vi.advanceTimersByTimeAsync(10_000)
  camera.flowing = false
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([])
})

it('tells after four seconds without anything, and again every five until something comes', async () => {
  const voice = new Incoming('voice')
  const { told } = watch(voice)
  await vi.advanceTimersByTimeAsync(3000)
  voice.flowing = false
  await vi.advanceTimersByTimeAsync(4000)
  expect(told).toEqual([1])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([1, 2, 3])
  voice.flowing = true
  await vi.advanceTimersByTimeAsync(2000)
  voice.flowing = false
  await vi.advanceTimersByTimeAsync(5000)
  expect(told).toEqual([1, 2, 3, 1])
})

it('tells of what never came at all', async () => {
  const voice = new Incoming('voice')
  voice.flowing = false
  const { told } = watch(voice)
  await vi.advanceTimersByTimeAsync(6000)
  expect(told).toEqual([1])
})

it('gives everything new its time, and expects nothing of nobody', async () => {
  const { told, tracks } = watch()
  await vi.advanceTimersByTimeAsync(60_000)
  const voice = new Incoming('voice')
  voice.flowing = false
  tracks.push(voice)
  await vi.advanceTimersByTimeAsync(4000)
  expect(told).toEqual([])
  await vi.advanceTimersByTimeAsync(2000)
  expect(told).toEqual([1])
})

it('looks no more when it is stopped', async () => {
  const voice = new Incoming('voice')
  voice.flowing = false
  const { told, stalls } = watch(voice)
  stalls.stop()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(told).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
  stalls.start()
  stalls.start()
  await vi.advanceTimersByTimeAsync(6000)
  expect(told).toEqual([1])
})
