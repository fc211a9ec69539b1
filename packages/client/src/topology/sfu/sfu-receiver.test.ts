import { ConsumerOptions, ParticipantId } from '@video-meet/protocol'
import { testFakeParameters, type types } from 'mediasoup-client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../core/logger.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import { FakeTrack } from '../../testing/fake-track.ts'
import { SfuReceiver } from './sfu-receiver.ts'
import type { SfuSession } from './sfu-session.ts'

const ana = ParticipantId.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b')
const nothing = () => undefined
let sizes: (number | null)[]
let track: FakeTrack
let receiver: SfuReceiver

function consumerOf(source: ConsumerOptions['source']): ConsumerOptions {
  const remote = testFakeParameters.generateConsumerRemoteParameters({
    id: 'c1',
    codecMimeType: 'video/VP8',
  })
  return ConsumerOptions.parse({ ...remote, participantId: ana, source })
}

async function attach(source: ConsumerOptions['source'] = 'camera'): Promise<void> {
  const session: Pick<SfuSession, 'consume' | 'closed'> = {
    closed: false,
    consume: () => Promise.resolve({ track, kind: 'video', close: nothing } as unknown as types.Consumer),
  }
  receiver.attach(session as SfuSession, [consumerOf(source)])
  await vi.advanceTimersByTimeAsync(0)
}

beforeEach(() => {
  vi.useFakeTimers()
  sizes = []
  track = new FakeTrack('video')
  const request = ((name: string, input: { layers: { spatialLayer: number | null }[] }) => {
    if (name === 'sfu.setLayers') sizes.push(...input.layers.map(({ spatialLayer }) => spatialLayer))
    return Promise.resolve({})
  }) as SendRequest
  receiver = new SfuReceiver({ request, log: silentLogger, onReceived: nothing, onLost: nothing })
})
afterEach(() => {
  receiver.close()
  vi.useRealTimers()
})

describe('a camera that is new', () => {
  it('comes in the smallest size first, and larger a moment after', async () => {
    await attach()
    receiver.setDemand(ana, 'camera', { heightPx: 540 })
    await vi.advanceTimersByTimeAsync(300)
    expect(sizes).toEqual([0])
    await vi.advanceTimersByTimeAsync(200)
    expect(sizes).toEqual([0, 2])
  })

  it.each([
    ['comes late', 1000, 1450],
    ['never says that it comes', null, 3100],
  ])(
    'is waited for when its first picture %s, but not for ever',
    async (_what, comesAfterMs, largerAfterMs) => {
      track.muted = true
      await attach()
      receiver.setDemand(ana, 'camera', { heightPx: 540 })
      if (comesAfterMs !== null) setTimeout(() => track.dispatchEvent(new Event('unmute')), comesAfterMs)
      await vi.advanceTimersByTimeAsync(largerAfterMs - 200)
      expect(sizes).toEqual([0])
      await vi.advanceTimersByTimeAsync(200)
      expect(sizes).toEqual([0, 2])
    },
  )

  it('does not come at all while nobody sees it', async () => {
    await attach()
    receiver.setDemand(ana, 'camera', 'hidden')
    await vi.advanceTimersByTimeAsync(500)
    expect(sizes).toEqual([null])
  })
})

it('does not begin small again what was seen before', async () => {
  receiver.setDemand(ana, 'camera', { heightPx: 540 })
  await attach()
  await vi.advanceTimersByTimeAsync(100)
  expect(sizes).toEqual([2])
})

it('shows a screen sharp from the beginning', async () => {
  await attach('screen')
  receiver.setDemand(ana, 'screen', { heightPx: 540 })
  await vi.advanceTimersByTimeAsync(100)
  expect(sizes).toEqual([2])
})

it('leaves no timer behind when it is closed', async () => {
  await attach()
  receiver.setDemand(ana, 'camera', { heightPx: 540 })
  receiver.close()
  await vi.advanceTimersByTimeAsync(0)
  expect(vi.getTimerCount()).toBe(0)
})
