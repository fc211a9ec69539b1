import { expect, it } from 'vitest'
import { chooseLinkEncoding } from './link-encoding.ts'

const camera = (heightPx: number | undefined, captured: number | undefined) =>
  chooseLinkEncoding('camera', { heightPx, settings: captured === undefined ? {} : { height: captured } })

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
  const asked = { heightPx: 720, settings: { height: 720 }, most: 180 }
  expect(chooseLinkEncoding('camera', asked)).toEqual({
    active: true,
    scaleResolutionDownBy: 4,
    maxBitrate: 200_000,
  })
  expect(chooseLinkEncoding('screen', asked)).toMatchObject({ scaleResolutionDownBy: 1 })
})

it('keeps a screen in its own size, and sound as it is', () => {
  const screen = chooseLinkEncoding('screen', { heightPx: 180, settings: { height: 1440 } })
  expect(screen).toMatchObject({ active: true, scaleResolutionDownBy: 1 })
  expect(chooseLinkEncoding('screen', { heightPx: 0, settings: { height: 1440 } })).toEqual({ active: false })
  expect(chooseLinkEncoding('microphone', { heightPx: 0, settings: {} })).toEqual({ active: true })
})

it('sends a small slow face to who saves, and when saving itself', () => {
  const settings = { height: 720 }
  const slow = { active: true, scaleResolutionDownBy: 4, maxBitrate: 100_000 }
  expect(chooseLinkEncoding('camera', { heightPx: 180, maxFps: 8, settings })).toEqual({
    ...slow,
    maxFramerate: 8,
  })
  const saving = { heightPx: 720, settings, most: 180, saving: true }
  expect(chooseLinkEncoding('camera', saving)).toEqual({ ...slow, maxFramerate: 10 })
})

it('sends a screen once a second to who saves, and when saving itself', () => {
  const slides = { active: true, scaleResolutionDownBy: 1, maxBitrate: 150_000, maxFramerate: 1 }
  const settings = { height: 1080 }
  expect(chooseLinkEncoding('screen', { heightPx: 900, maxFps: 1, settings })).toEqual(slides)
  expect(chooseLinkEncoding('screen', { heightPx: 900, settings, saving: true })).toEqual(slides)
})

it('lets a voice go first while saving, with few bits, and takes that back', () => {
  const voice = { heightPx: undefined, settings: {} }
  const saving = chooseLinkEncoding('microphone', { ...voice, saving: true })
  expect(saving).toEqual({ active: true, maxBitrate: 24_000, priority: 'high', networkPriority: 'high' })
  const after: object = chooseLinkEncoding('microphone', voice)
  expect(Object.keys(after)).toEqual(['active', 'maxBitrate', 'priority', 'networkPriority'])
  expect(after).toMatchObject({ maxBitrate: undefined, priority: undefined })
})
