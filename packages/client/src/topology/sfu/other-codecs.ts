import type { TrackSource, VideoCodec } from '@video-meet/protocol'
import type { types } from 'mediasoup-client'
import { isCodec } from '../video-codec.ts'
import { cameraEncodings, type EncodingChoice, START_BITRATE_KBPS } from './codec-preferences.ts'

/** Bits per second up to which a picture is sent with one, two and three layers of size. */
const LAYER_BITRATES = [150_000, 500_000, 1_500_000]
const SCREEN_BITRATE = 2_500_000

/**
 * How a picture is sent with another codec than VP8: with H.264 as several pictures of different size; with VP9 and AV1
 * as one picture in layers (SVC), which costs less than several.
 *
 * @returns null when this browser sends it without layers, so that VP8 is better for those who need a small picture
 */
export function chooseOtherEncoding(
  source: TrackSource,
  settings: MediaTrackSettings,
  { codec: name, codecs }: { readonly codec: VideoCodec; readonly codecs: types.RtpCodecCapability[] },
): EncodingChoice | null {
  const codec = codecs.find(({ mimeType }) => isCodec(mimeType, name))
  if (!codec) return null
  const codecOptions = { videoGoogleStartBitrate: START_BITRATE_KBPS }
  if (source === 'screen')
    return { codec, codecOptions, encodings: [{ maxBitrate: SCREEN_BITRATE, scalabilityMode: 'L1T3' }] }
  const simulcast = cameraEncodings(settings)
  if (name === 'h264') return { codec, codecOptions, encodings: simulcast }
  if (!sendsLayers()) return null
  const layers = simulcast.length
  const scalabilityMode = layers === 1 ? 'L1T3' : `L${layers}T3_KEY`
  return { codec, codecOptions, encodings: [{ maxBitrate: bitrateOf(layers, layers - 1), scalabilityMode }] }
}

/** Leaves out the layers above this one: the encoder gets no bits for them. */
export async function limitLayers(sender: RTCRtpSender, top: number): Promise<void> {
  const parameters = sender.getParameters()
  const [encoding] = parameters.encodings
  // Named in TypeScript's library since the standard that it follows.
  const mode = (encoding as { scalabilityMode?: string } | undefined)?.scalabilityMode
  const layers = Number(/^L(\d)T\d_KEY$/.exec(mode ?? '')?.[1] ?? 0)
  if (!encoding || layers === 0) return
  const maxBitrate = bitrateOf(layers, Math.max(0, top))
  if (encoding.maxBitrate === maxBitrate) return
  encoding.maxBitrate = maxBitrate
  await sender.setParameters(parameters)
}

function bitrateOf(layers: number, top: number): number {
  if (layers === 1) return LAYER_BITRATES[1] ?? 0
  return LAYER_BITRATES[Math.min(top, layers - 1)] ?? 0
}

/** Whether this browser sends pictures in layers. One that does not passes over the wish. */
function sendsLayers(): boolean {
  const pc = new RTCPeerConnection()
  try {
    const wish = { scalabilityMode: 'L3T3_KEY' } as RTCRtpEncodingParameters
    const { sender } = pc.addTransceiver('video', { sendEncodings: [wish] })
    const [encoding] = sender.getParameters().encodings
    return (encoding as { scalabilityMode?: string } | undefined)?.scalabilityMode === 'L3T3_KEY'
  } catch {
    return false
  } finally {
    pc.close()
  }
}
