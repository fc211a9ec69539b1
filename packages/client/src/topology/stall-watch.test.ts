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
  const silences: string[] = []
  const stalls = new StallWatch({
    expected: () => tracks,
    onSilent: () => silences.push('silent'),
    onStalled: (times) => told.push(times),
    onBack: () => silences.push('back'),
  })
  stalls.start()
  return { told, silences, stalls, tracks }
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

it('tells of a silence after a second or two, and as soon as something comes in again', async () => {
  const voice = new Incoming('voice')
  const { silences } = watch(voice)
  await vi.advanceTimersByTimeAsync(3000)
  voice.flowing = false
  await vi.advanceTimersByTimeAsync(900)
  expect(silences).toEqual([])
  await vi.advanceTimersByTimeAsync(1400)
  expect(silences).toEqual(['silent'])
  await vi.advanceTimersByTimeAsync(30_000)
  expect(silences).toEqual(['silent'])
  voice.flowing = true
  await vi.advanceTimersByTimeAsync(250)
  expect(silences).toEqual(['silent', 'back'])
})

it('takes nothing for a return but what comes in', async () => {
  const voice = new Incoming('voice')
  const { silences, tracks } = watch(voice)
  await vi.advanceTimersByTimeAsync(3000)
  voice.flowing = false
  await vi.advanceTimersByTimeAsync(3000)
  tracks.length = 0
  await vi.advanceTimersByTimeAsync(3000)
  expect(silences).toEqual(['silent'])
  voice.flowing = true
  tracks.push(voice)
  await vi.advanceTimersByTimeAsync(2500)
  expect(silences).toEqual(['silent', 'back'])
})

it('goes on when statistics never come', async () => {
  const voice = new Incoming('voice')
  const gone = { key: 'gone', receiver: { getStats: () => new Promise(() => {}) } }
  const { silences, tracks } = watch(voice)
  tracks.push(gone as unknown as Incoming)
  voice.flowing = false
  await vi.advanceTimersByTimeAsync(6000)
  expect(silences).toEqual(['silent'])
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
