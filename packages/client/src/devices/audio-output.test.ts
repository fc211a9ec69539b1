import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../core/logger.ts'
import { FakeTrack } from '../testing/fake-track.ts'
import { AudioOutput, type AudioSink } from './audio-output.ts'

let sinks: (AudioSink & { removed: boolean; sinkId: string })[]
let output: AudioOutput

beforeEach(() => {
  vi.stubGlobal(
    'MediaStream',
    class {
      readonly tracks: readonly MediaStreamTrack[]
      constructor(tracks: readonly MediaStreamTrack[]) {
        this.tracks = tracks
      }
    },
  )
  sinks = []
  output = new AudioOutput(silentLogger, () => {
    const sink = {
      srcObject: null,
      autoplay: true,
      hidden: true,
      muted: false,
      removed: false,
      sinkId: '',
      play: () => Promise.resolve(),
      pause() {},
      remove() {
        sink.removed = true
      },
      setSinkId(deviceId: string) {
        sink.sinkId = deviceId
        return Promise.resolve()
      },
    }
    sinks.push(sink)
    return sink
  })
})

it('plays each track through an element of its own', () => {
  const [first, second] = [new FakeTrack('audio'), new FakeTrack('audio')]
  output.play('ana', first)
  output.play('ben', second)
  expect(sinks.map(({ srcObject }) => srcObject)).toMatchObject([{ tracks: [first] }, { tracks: [second] }])
  expect(sinks.map(({ muted }) => muted)).toEqual([false, false])
})

describe('a track in place of another', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const heard = () => sinks.map(({ muted, removed }) => !muted && !removed)
  const play = (...keys: string[]) => keys.forEach((key) => output.play(key, new FakeTrack('audio')))

  it('is heard when it has played for a moment, and the other until then', () => {
    play('ana', 'ana')
    expect(heard()).toEqual([true, false])
    vi.advanceTimersByTime(199)
    expect(heard()).toEqual([true, false])
    vi.advanceTimersByTime(1)
    expect(heard()).toEqual([false, true])
    expect(sinks[0]?.removed).toBe(true)
  })

  it('gives way to a third one that comes meanwhile', () => {
    play('ana', 'ana')
    vi.advanceTimersByTime(100)
    play('ana')
    vi.advanceTimersByTime(199)
    expect(heard()).toEqual([true, false, false])
    vi.advanceTimersByTime(1)
    expect(heard()).toEqual([false, false, true])
    expect(sinks.map(({ removed }) => removed)).toEqual([true, true, false])
  })

  it('leaves nothing to be heard when both are stopped', () => {
    play('ana', 'ana')
    output.stop('ana')
    expect(heard()).toEqual([false, false])
    vi.advanceTimersByTime(1000)
    expect(heard()).toEqual([false, false])
    play('ben', 'ben')
    output.close()
    expect(heard()).toEqual([false, false, false, false])
  })
})

it('uses the chosen loudspeaker for what plays and for what comes later', async () => {
  output.play('ana', new FakeTrack('audio'))
  await output.setSpeaker('headset')
  output.play('ben', new FakeTrack('audio'))
  expect(sinks.map(({ sinkId }) => sinkId)).toEqual(['headset', 'headset'])
})

it('removes elements when tracks stop and when it is closed', () => {
  output.play('ana', new FakeTrack('audio'))
  output.play('ben', new FakeTrack('audio'))
  output.stop('ana')
  output.stop('nobody')
  expect(sinks.map(({ removed }) => removed)).toEqual([true, false])
  output.close()
  expect(sinks.map(({ removed, srcObject }) => [removed, srcObject])).toEqual([
    [true, null],
    [true, null],
  ])
})
