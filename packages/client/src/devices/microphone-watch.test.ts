import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeTrack } from '../testing/fake-track.ts'
import { type Ear, measure, MicrophoneWatch } from './microphone-watch.ts'

let microphone: { media: FakeTrack | null; isOff: boolean }
let ears: { track: MediaStreamTrack; heard: ReturnType<Ear['hear']>; closed: boolean }[]
let watch: MicrophoneWatch

beforeEach(() => {
  vi.useFakeTimers()
  microphone = { media: null, isOff: true }
  ears = []
  watch = new MicrophoneWatch(microphone, (track) => {
    const ear = { track, heard: null as ReturnType<Ear['hear']>, closed: false }
    ears.push(ear)
    return { hear: () => ear.heard, close: () => void (ear.closed = true) }
  })
})

afterEach(() => {
  watch.close()
  vi.useRealTimers()
})

const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1000)
const hears = (decibels: number) => {
  const ear = ears.at(-1)
  if (ear) ear.heard = { decibels, digitalSilence: decibels === -Infinity }
}

it('listens when there is a microphone, and tells who talks while muted', () => {
  pass(1)
  expect(ears).toEqual([])
  microphone.media = new FakeTrack('audio')
  pass(0.1)
  hears(-20)
  pass(1)
  expect(watch.hint.get()).toBe('talking-while-muted')
  microphone.isOff = false
  pass(0.1)
  expect(watch.hint.get()).toBeNull()
})

it('changes over to another microphone and lets the first one go', () => {
  microphone.media = new FakeTrack('audio')
  pass(0.1)
  const second = new FakeTrack('audio')
  microphone.media = second
  pass(0.1)
  expect(ears.map(({ closed }) => closed)).toEqual([true, false])
  expect(ears[1]?.track).toBe(second)
  microphone.media = null
  pass(0.1)
  expect(ears[1]?.closed).toBe(true)
})

it('does not take a browser that holds sound back for a silent microphone', () => {
  microphone = Object.assign(microphone, { media: new FakeTrack('audio'), isOff: false })
  pass(20)
  expect(watch.hint.get()).toBeNull()
  hears(-Infinity)
  pass(6)
  expect(watch.hint.get()).toBe('silent')
  watch.dismiss()
  expect(watch.hint.get()).toBeNull()
})

it('measures full scale as 0 dB, and tells quiet from nothing', () => {
  expect(measure(new Float32Array(8).fill(1)).decibels).toBeCloseTo(0)
  expect(measure(new Float32Array(8).fill(0.1)).decibels).toBeCloseTo(-20)
  expect(measure(new Float32Array(8).fill(1e-6)).digitalSilence).toBe(false)
  expect(measure(new Float32Array(8))).toEqual({ decibels: -Infinity, digitalSilence: true })
})
