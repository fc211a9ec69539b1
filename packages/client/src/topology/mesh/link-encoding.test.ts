import { expect, it } from 'vitest'
import { chooseLinkEncoding } from './link-encoding.ts'

const camera = (heightPx: number | undefined, captured: number | undefined) =>
  chooseLinkEncoding('camera', { heightPx, captured })

it('sends a camera in the size in which it is shown, for as many bits as that is worth', () => {
  expect(camera(720, 720)).toEqual({ active: true, scaleResolutionDownBy: 1, maxBitrate: 1_700_000 })
  expect(camera(360, 720)).toEqual({ active: true, scaleResolutionDownBy: 2, maxBitrate: 600_000 })
  expect(camera(180, 720)).toEqual({ active: true, scaleResolutionDownBy: 4, maxBitrate: 200_000 })
  expect(camera(1080, 1080)).toEqual({ active: true, scaleResolutionDownBy: 1, maxBitrate: 2_500_000 })
})

it('never makes it larger than it is, nor smaller than eight times', () => {
  expect(camera(1080, 360)).toMatchObject({ scaleResolutionDownBy: 1, maxBitrate: 600_000 })
  expect(camera(60, 1080)).toMatchObject({ scaleResolutionDownBy: 8 })
})

it('sends nothing that nobody sees, and a good picture until the size is known', () => {
  expect(camera(0, 720)).toEqual({ active: false })
  expect(camera(undefined, 1080)).toMatchObject({ scaleResolutionDownBy: 1.5, maxBitrate: 1_700_000 })
  expect(camera(undefined, undefined)).toMatchObject({ scaleResolutionDownBy: 1 })
})

it('sends a camera no larger than its owner wants, and a screen as it is', () => {
  const asked = { heightPx: 720, captured: 720, most: 180 }
  expect(chooseLinkEncoding('camera', asked)).toEqual({
    active: true,
    scaleResolutionDownBy: 4,
    maxBitrate: 200_000,
  })
  expect(chooseLinkEncoding('screen', asked)).toMatchObject({ scaleResolutionDownBy: 1 })
})

it('keeps a screen in its own size, and sound as it is', () => {
  const screen = chooseLinkEncoding('screen', { heightPx: 180, captured: 1440 })
  expect(screen).toMatchObject({ active: true, scaleResolutionDownBy: 1 })
  expect(chooseLinkEncoding('screen', { heightPx: 0, captured: 1440 })).toEqual({ active: false })
  expect(chooseLinkEncoding('microphone', { heightPx: 0, captured: undefined })).toEqual({ active: true })
})
