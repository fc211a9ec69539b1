import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeTrack } from '../../testing/fake-track.ts'
import { chooseOtherEncoding, limitLayers } from './other-codecs.ts'

const codec = (mimeType: string) => ({
  kind: 'video' as const,
  mimeType,
  clockRate: 90_000,
  preferredPayloadType: 96,
})
const [vp9, av1, h264] = [codec('video/VP9'), codec('video/AV1'), codec('video/H264')]
const codecs = [codec('video/VP8'), vp9, av1, h264]
const hd = { width: 1280, height: 720 }

/** A browser that does as it is told about layers, or does not know what they are. */
function stubBrowser({ knowsLayers }: { readonly knowsLayers: boolean }) {
  const closed = vi.fn<() => void>()
  class Connection {
    addTransceiver(_: string, { sendEncodings }: { sendEncodings: object[] }) {
      const encodings = knowsLayers ? sendEncodings : sendEncodings.map(() => ({}))
      return { sender: { getParameters: () => ({ encodings }) } }
    }
    close = closed
  }
  vi.stubGlobal('RTCPeerConnection', Connection)
  return closed
}

afterEach(() => vi.unstubAllGlobals())

describe('a camera', () => {
  it.each([
    [hd, 'L3T3_KEY', 1_500_000],
    [{ width: 640, height: 360 }, 'L2T3_KEY', 500_000],
    [{ width: 320, height: 180 }, 'L1T3', 500_000],
  ])('of %o goes out once, in as many layers as it is worth', (settings, scalabilityMode, maxBitrate) => {
    stubBrowser({ knowsLayers: true })
    expect(chooseOtherEncoding('camera', settings, { codec: 'vp9', codecs })).toMatchObject({
      codec: vp9,
      encodings: [{ scalabilityMode, maxBitrate }],
    })
  })

  it('is left to VP8 where a browser knows no layers', () => {
    const closed = stubBrowser({ knowsLayers: false })
    expect(chooseOtherEncoding('camera', hd, { codec: 'vp9', codecs })).toBeNull()
    expect(closed).toHaveBeenCalledOnce()
  })

  it('is left to VP8 where a browser refuses to be asked', () => {
    vi.stubGlobal('RTCPeerConnection', function refuse() {
      return { addTransceiver: () => expect.fail('no'), close: () => {} }
    })
    expect(chooseOtherEncoding('camera', hd, { codec: 'vp9', codecs })).toBeNull()
  })

  it('goes out in one size with AV1', () => {
    expect(chooseOtherEncoding('camera', hd, { codec: 'av1', codecs })).toMatchObject({
      codec: av1,
      encodings: [{ scalabilityMode: 'L1T3', scaleResolutionDownBy: 1, maxBitrate: 1_500_000 }],
    })
  })

  it('goes out several times with H.264, which has no layers', () => {
    const choice = chooseOtherEncoding('camera', hd, { codec: 'h264', codecs })
    expect(choice?.codec).toBe(h264)
    expect(choice?.encodings?.map(({ scaleResolutionDownBy }) => scaleResolutionDownBy)).toEqual([4, 2, 1])
  })

  it('is left to VP8 where a browser does not have the codec', () => {
    expect(chooseOtherEncoding('camera', hd, { codec: 'av1', codecs: [vp9] })).toBeNull()
  })
})

it('a screen keeps its size, and needs no layers', () => {
  expect(chooseOtherEncoding('screen', hd, { codec: 'av1', codecs })).toMatchObject({
    codec: av1,
    encodings: [{ scalabilityMode: 'L1T3', maxBitrate: 2_500_000 }],
  })
})

describe('layers that nobody wants', () => {
  let encodings: Partial<RTCRtpEncodingParameters & { scalabilityMode: string }>[]
  const setParameters = vi.fn<RTCRtpSender['setParameters']>(async (parameters) => {
    encodings = parameters.encodings
  })
  const sender = {
    track: new FakeTrack('video', hd),
    getParameters: () => ({ encodings: encodings.map((encoding) => ({ ...encoding })) }),
    setParameters,
  } as unknown as RTCRtpSender
  const now = () => encodings[0]

  beforeEach(() => {
    setParameters.mockClear()
  })

  it('get no bits', async () => {
    encodings = [{ scalabilityMode: 'L3T3_KEY', maxBitrate: 1_500_000 }]
    await limitLayers(sender, 1)
    expect(now()).toEqual({ scalabilityMode: 'L3T3_KEY', maxBitrate: 500_000 })
    await limitLayers(sender, -1)
    expect(now()?.maxBitrate).toBe(150_000)
    await limitLayers(sender, 3)
    expect(now()?.maxBitrate).toBe(1_500_000)
  })

  it('are a larger picture than is sent, where there is one size for all', async () => {
    encodings = [{ scalabilityMode: 'L1T3', maxBitrate: 1_500_000, scaleResolutionDownBy: 1 }]
    await limitLayers(sender, 0)
    expect(now()).toMatchObject({ maxBitrate: 150_000, scaleResolutionDownBy: 4 })
    await limitLayers(sender, 1)
    expect(now()).toMatchObject({ maxBitrate: 500_000, scaleResolutionDownBy: 2 })
    await limitLayers(sender, 2)
    expect(now()).toMatchObject({ maxBitrate: 1_500_000, scaleResolutionDownBy: 1 })
  })

  it('are left alone when there is nothing to change, or others look after them', async () => {
    encodings = [{ scalabilityMode: 'L3T3_KEY', maxBitrate: 1_500_000 }]
    await limitLayers(sender, 2)
    encodings = [{ maxBitrate: 1 }, { maxBitrate: 2 }]
    await limitLayers(sender, 0)
    encodings = []
    await limitLayers(sender, 0)
    expect(setParameters).not.toHaveBeenCalled()
  })
})
