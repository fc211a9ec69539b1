import { describe, expect, it } from 'vitest'
import { chooseEncoding, layerForDemand } from './codec-preferences.ts'

const vp8 = { kind: 'video' as const, mimeType: 'video/VP8', clockRate: 90_000, preferredPayloadType: 96 }
const vp9 = { kind: 'video' as const, mimeType: 'video/VP9', clockRate: 90_000, preferredPayloadType: 98 }

function layersOf(settings: MediaTrackSettings): (readonly [number | undefined, number | undefined])[] {
  const { encodings = [] } = chooseEncoding('camera', settings, [vp9, vp8])
  return encodings.map((encoding) => [encoding.scaleResolutionDownBy, encoding.maxBitrate] as const)
}

describe('chooseEncoding', () => {
  it('sends a camera in as many layers as its height is worth', () => {
    expect(layersOf({ width: 1280, height: 720 })).toEqual([
      [4, 150_000],
      [2, 450_000],
      [1, 1_500_000],
    ])
    expect(layersOf({ width: 640, height: 360 })).toEqual([
      [2, 150_000],
      [1, 450_000],
    ])
    expect(layersOf({ width: 320, height: 240 })).toEqual([[1, 450_000]])
  })

  it('counts the short side of a telephone held upright', () => {
    expect(layersOf({ width: 360, height: 640 })).toHaveLength(2)
  })

  it('takes an unknown size for a large one', () => {
    expect(layersOf({})).toHaveLength(3)
  })

  it('prefers VP8, and leaves the choice open where there is none', () => {
    expect(chooseEncoding('camera', {}, [vp9, vp8]).codec).toBe(vp8)
    expect(chooseEncoding('screen', {}, [vp9])).not.toHaveProperty('codec')
  })

  it('sends a screen in its own size twice: once a second, and as it moves', () => {
    const { encodings = [] } = chooseEncoding('screen', {}, [vp8])
    expect(encodings.map((it) => [it.scaleResolutionDownBy, it.maxFramerate, it.maxBitrate])).toEqual([
      [1, 1, 150_000],
      [1, 30, 2_500_000],
    ])
  })

  it('repairs lost sound, and pauses voices only', () => {
    expect(chooseEncoding('microphone', {}, []).codecOptions).toEqual({
      opusStereo: false,
      opusDtx: true,
      opusFec: true,
      opusNack: true,
    })
    expect(
      chooseEncoding('microphone', { channelCount: 2, echoCancellation: true }, []).codecOptions,
    ).toMatchObject({ opusStereo: false, opusDtx: true })
    expect(chooseEncoding('screen-audio', {}, []).codecOptions).toMatchObject({
      opusStereo: true,
      opusDtx: false,
    })
  })
})

it('sends music in stereo, without pauses and at a rate that it needs', () => {
  const settings = { channelCount: 2, echoCancellation: false }
  expect(chooseEncoding('microphone', settings, []).codecOptions).toEqual({
    opusStereo: true,
    opusDtx: false,
    opusMaxAverageBitrate: 192_000,
    opusFec: true,
    opusNack: true,
  })
})

describe('layerForDemand', () => {
  it('chooses the smallest layer that fills the tile', () => {
    const heights = [1, 200, 201, 400, 401, 2160]
    expect(heights.map((heightPx) => layerForDemand('camera', { heightPx }))).toEqual(
      [0, 0, 1, 1, 2, 2].map((spatialLayer) => ({ spatialLayer })),
    )
    expect(layerForDemand('camera', 'hidden')).toEqual({ spatialLayer: null })
  })

  it('chooses the slowest pictures when few are enough; of a screen never fewer for being small', () => {
    const slow = { heightPx: 120, maxFps: 8 }
    expect(layerForDemand('camera', slow)).toEqual({ spatialLayer: 0, temporalLayer: 0 })
    expect(layerForDemand('screen', { heightPx: 900, maxFps: 1 })).toEqual({
      spatialLayer: 0,
      temporalLayer: 0,
    })
    expect(layerForDemand('screen', { heightPx: 90 })).toEqual({ spatialLayer: 2 })
  })
})
