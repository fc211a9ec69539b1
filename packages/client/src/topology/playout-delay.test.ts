import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { PlayoutDelay } from './playout-delay.ts'

/** A track of which 100 packets come each second, some of them sent twice. */
class Incoming {
  readonly key: string
  resentPerSecond = 0
  asks = true
  jitterBufferTarget: number | null = null
  #received = 0
  #resent = 0
  #asked = 0

  constructor(key: string) {
    this.key = key
  }

  get receiver(): RTCRtpReceiver {
    return this as unknown as RTCRtpReceiver
  }

  async getStats() {
    this.#received += 100
    this.#resent += this.resentPerSecond
    if (this.asks) this.#asked += Math.min(1, this.resentPerSecond)
    const inbound = {
      type: 'inbound-rtp',
      packetsReceived: this.#received,
      packetsLost: 0,
      retransmittedPacketsReceived: this.#resent,
      nackCount: this.#asked,
    }
    return new Map([['in', inbound]])
  }
}

let tracks: Incoming[]
let delay: PlayoutDelay

beforeEach(() => {
  vi.useFakeTimers()
  tracks = ['voice', 'camera', 'another', 'last'].map((key) => new Incoming(key))
  delay = new PlayoutDelay({ expected: () => tracks })
  delay.start()
})
afterEach(() => {
  delay.stop()
  vi.useRealTimers()
})

const lose = (percent: number) => {
  for (const track of tracks) track.resentPerSecond = percent
}
const targets = () => new Set(tracks.map(({ jitterBufferTarget }) => jitterBufferTarget))

it('leaves browsers alone while little is lost', async () => {
  lose(2)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(targets()).toEqual(new Set([null]))
})

it('takes what is repeated without being asked for for no loss', async () => {
  for (const track of tracks) track.asks = false
  lose(20)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(targets()).toEqual(new Set([null]))
})

it('waits longer the more is lost, with everything that comes in', async () => {
  await vi.advanceTimersByTimeAsync(2000)
  lose(8)
  await vi.advanceTimersByTimeAsync(1000)
  expect(targets()).toEqual(new Set([250]))
  lose(20)
  await vi.advanceTimersByTimeAsync(1000)
  expect(targets()).toEqual(new Set([400]))
})

it('waits no longer after some time without losses', async () => {
  lose(20)
  await vi.advanceTimersByTimeAsync(5000)
  lose(0)
  await vi.advanceTimersByTimeAsync(10_000)
  expect(targets()).toEqual(new Set([400]))
  await vi.advanceTimersByTimeAsync(6000)
  expect(targets()).toEqual(new Set([null]))
})

it('takes a track that begins anew for no loss', async () => {
  lose(20)
  await vi.advanceTimersByTimeAsync(1000)
  tracks = [new Incoming('voice')]
  await vi.advanceTimersByTimeAsync(5000)
  expect(targets()).toEqual(new Set([null]))
})

it('looks no more when it is stopped', async () => {
  delay.stop()
  expect(vi.getTimerCount()).toBe(0)
})
