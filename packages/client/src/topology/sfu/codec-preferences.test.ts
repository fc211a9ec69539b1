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

  it('sends a screen once, with detail', () => {
    expect(chooseEncoding('screen', {}, [vp8]).encodings).toEqual([
      { maxBitrate: 2_500_000, scalabilityMode: 'L1T1' },
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
    expect([1, 200, 201, 400, 401, 2160].map((heightPx) => layerForDemand({ heightPx }))).toEqual([
      0, 0, 1, 1, 2, 2,
    ])
    expect(layerForDemand('hidden')).toBeNull()
  })
})
