import { expect, it } from 'vitest'
import { savingEncoding, tuneSender } from './tune-sender.ts'

/** A sender that keeps its parameters as browsers do: what is undefined is not set. */
class FakeSender {
  encodings: RTCRtpEncodingParameters[]
  refuses = false
  sets = 0
  readonly track = { getSettings: (): MediaTrackSettings => ({}) }

  constructor(...encodings: RTCRtpEncodingParameters[]) {
    this.encodings = encodings
  }

  getParameters() {
    return { encodings: this.encodings.map((encoding) => ({ ...encoding })) }
  }

  setParameters({ encodings }: { encodings: RTCRtpEncodingParameters[] }): Promise<void> {
    if (this.refuses) return Promise.reject(new DOMException('closed', 'InvalidStateError'))
    this.sets += 1
    this.encodings = encodings.map((encoding) => {
      const set = Object.entries(encoding).filter(([, value]) => value !== undefined)
      return Object.fromEntries(set) as RTCRtpEncodingParameters
    })
    return Promise.resolve()
  }

  get sender(): RTCRtpSender {
    return this as unknown as RTCRtpSender
  }
}

it('lets a voice have few bits, and lets it go first, until that is over', async () => {
  const fake = new FakeSender({ active: true, priority: 'low', networkPriority: 'low' })
  await tuneSender(fake.sender, 'microphone', true)
  expect(fake.encodings).toEqual([
    { active: true, maxBitrate: 24_000, priority: 'high', networkPriority: 'high' },
  ])
  await tuneSender(fake.sender, 'microphone', false)
  expect(fake.encodings).toEqual([{ active: true, priority: 'low', networkPriority: 'low' }])
})

it('slows a camera down in each layer, and never gives it more than it had', async () => {
  const fake = new FakeSender(
    { rid: 'r0', maxBitrate: 60_000 },
    { rid: 'r1', maxBitrate: 450_000, active: false },
  )
  await tuneSender(fake.sender, 'camera', true)
  expect(fake.encodings).toEqual([
    { rid: 'r0', maxBitrate: 60_000, maxFramerate: 10 },
    { rid: 'r1', maxBitrate: 100_000, maxFramerate: 10, active: false },
  ])
  fake.encodings[1] = { ...fake.encodings[1], active: true }
  await tuneSender(fake.sender, 'camera', false)
  expect(fake.encodings).toEqual([
    { rid: 'r0', maxBitrate: 60_000 },
    { rid: 'r1', maxBitrate: 450_000, active: true },
  ])
})

it('sends a screen once a second, unless it has a layer for that', async () => {
  const single = new FakeSender({ maxBitrate: 2_500_000 })
  await tuneSender(single.sender, 'screen', true)
  expect(single.encodings).toEqual([{ maxBitrate: 150_000, maxFramerate: 1 }])
  const layered = new FakeSender({ rid: 'r0' }, { rid: 'r1' })
  await tuneSender(layered.sender, 'screen', true)
  expect(layered.sets).toBe(0)
})

it('changes nothing twice, and nothing that was never changed', async () => {
  const fake = new FakeSender({ active: true })
  await tuneSender(fake.sender, 'microphone', false)
  expect(fake.sets).toBe(0)
  await tuneSender(fake.sender, 'microphone', true)
  await tuneSender(fake.sender, 'microphone', true)
  expect(fake.sets).toBe(1)
})

it('tries again what the browser refused', async () => {
  const fake = new FakeSender({ active: true })
  fake.refuses = true
  await tuneSender(fake.sender, 'microphone', true)
  fake.refuses = false
  await tuneSender(fake.sender, 'microphone', true)
  expect(fake.encodings).toMatchObject([{ maxBitrate: 24_000 }])
})

it('leaves music enough to be music', () => {
  expect(savingEncoding('microphone', { channelCount: 2, echoCancellation: false })).toMatchObject({
    maxBitrate: 64_000,
  })
})
