import { fireEvent, render } from '@testing-library/react'
import { FakeTrack } from '@video-meet/client/testing'
import { beforeEach, expect, it, vi } from 'vitest'
import { VideoView } from './video-view.tsx'

/** The streams of this test environment do not say what is in them. */
const trackOf = new WeakMap<object, MediaStreamTrack>()
beforeEach(() => {
  const Stream = MediaStream
  const create = function (tracks: readonly MediaStreamTrack[]) {
    const stream = new Stream()
    if (tracks[0]) trackOf.set(stream, tracks[0])
    return stream
  }
  vi.stubGlobal('MediaStream', create)
  return () => vi.unstubAllGlobals()
})

function show(first: MediaStreamTrack | null) {
  const { container, rerender } = render(<VideoView mediaTrack={first} fit="cover" />)
  /** The track of each video element, and whether one can see it. */
  const pictures = () =>
    [...container.querySelectorAll('video')].map((video) => ({
      track: trackOf.get(video.srcObject ?? {}) ?? null,
      visible: !video.classList.contains('invisible'),
    }))
  const hasPicture = (track: MediaStreamTrack) => {
    const index = pictures().findIndex((picture) => picture.track === track)
    const video = container.querySelectorAll('video')[index]
    if (video) fireEvent.loadedData(video)
  }
  return {
    pictures,
    hasPicture,
    change: (track: MediaStreamTrack | null) => rerender(<VideoView mediaTrack={track} fit="cover" />),
  }
}

it('shows nothing while there is nothing to show', () => {
  const { pictures, change } = show(null)
  expect(pictures()).toEqual([{ track: null, visible: false }])
  const track = new FakeTrack('video')
  change(track)
  expect(pictures()).toEqual([{ track, visible: true }])
  change(null)
  expect(pictures()).toEqual([{ track: null, visible: false }])
})

it('lets another track take over when that has a picture, and goes on with the one before until then', () => {
  const [one, two, three] = [new FakeTrack('video'), new FakeTrack('video'), new FakeTrack('video')]
  const { pictures, hasPicture, change } = show(one)
  hasPicture(one)
  change(two)
  expect(pictures()).toEqual([
    { track: one, visible: true },
    { track: two, visible: false },
  ])
  change(three)
  hasPicture(three)
  expect(pictures()).toEqual([{ track: three, visible: true }])
})

it('does not bring back the last picture of a camera that was off', () => {
  const [one, two] = [new FakeTrack('video'), new FakeTrack('video')]
  const { pictures, hasPicture, change } = show(one)
  hasPicture(one)
  change(null)
  change(two)
  expect(pictures()).toEqual([{ track: two, visible: true }])
})
