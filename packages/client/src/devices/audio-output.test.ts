import { beforeEach, expect, it, vi } from 'vitest'
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

it('plays each track through an element of its own, and a track in place of another through the same', () => {
  const [first, second, third] = [new FakeTrack('audio'), new FakeTrack('audio'), new FakeTrack('audio')]
  output.play('ana', first)
  output.play('ben', second)
  output.play('ana', third)
  expect(sinks.map(({ srcObject }) => srcObject)).toMatchObject([{ tracks: [third] }, { tracks: [second] }])
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
