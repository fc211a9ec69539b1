import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeTrack } from '../../testing/fake-track.ts'
import { LinkLevels } from './link-levels.ts'

/** An audio context that hears a square wave. */
class FakeAudioContext {
  static open = 0
  static loudness = 0.5
  constructor() {
    FakeAudioContext.open += 1
  }
  createMediaStreamSource() {
    return { connect: () => undefined }
  }
  createAnalyser() {
    return { getFloatTimeDomainData: (samples: Float32Array) => samples.fill(FakeAudioContext.loudness) }
  }
  resume() {
    return Promise.reject(new DOMException('not yet', 'NotAllowedError'))
  }
  close() {
    FakeAudioContext.open -= 1
    return Promise.resolve()
  }
}

function senderOf(track: FakeTrack | null, report: object): RTCRtpSender {
  const getStats = () => Promise.resolve(new Map([['source', { type: 'media-source', ...report }]]))
  return { track, getStats } as unknown as RTCRtpSender
}

let levels: LinkLevels

beforeEach(() => {
  levels = new LinkLevels()
  FakeAudioContext.open = 0
  vi.stubGlobal('AudioContext', FakeAudioContext)
  vi.stubGlobal('MediaStream', function MediaStream() {})
})
afterEach(() => levels.close())

it('reads the own voice from the statistics, where they have it', async () => {
  expect(await levels.ofSender(senderOf(new FakeTrack('audio'), { audioLevel: 0.25 }))).toBe(0.25)
  expect(FakeAudioContext.open).toBe(0)
})

it('measures the microphone where they do not, and each with one context', async () => {
  const [first, second] = [new FakeTrack('audio'), new FakeTrack('audio')]
  expect(await levels.ofSender(senderOf(first, {}))).toBe(0.5)
  expect(await levels.ofSender(senderOf(first, {}))).toBe(0.5)
  expect(await levels.ofSender(senderOf(second, {}))).toBe(0.5)
  expect(FakeAudioContext.open).toBe(1)
  levels.close()
  levels.close()
  expect(FakeAudioContext.open).toBe(0)
})

it('gives up a microphone that cannot be measured, once', async () => {
  const refused = vi.spyOn(FakeAudioContext.prototype, 'createMediaStreamSource').mockImplementation(() => {
    throw new DOMException('another rate', 'NotSupportedError')
  })
  const sender = senderOf(new FakeTrack('audio'), {})
  expect([await levels.ofSender(sender), await levels.ofSender(sender)]).toEqual([null, null])
  expect(refused).toHaveBeenCalledOnce()
  levels.close()
  expect(FakeAudioContext.open).toBe(0)
})

it('hears nothing of a microphone that is off', async () => {
  const track = new FakeTrack('audio')
  track.enabled = false
  expect(await levels.ofSender(senderOf(track, { audioLevel: 0.25 }))).toBe(null)
  expect(await levels.ofSender(senderOf(null, { audioLevel: 0.25 }))).toBe(null)
})

it('asks for no statistics of what does not come in at all', async () => {
  const getStats = vi.fn<() => void>()
  const receiver = { getStats, getSynchronizationSources: () => [] } as unknown as RTCRtpReceiver
  expect(await levels.ofReceiver(receiver)).toBe(null)
  expect(getStats).not.toHaveBeenCalled()
})
