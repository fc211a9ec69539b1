import type { TrackSource, VideoCodec } from '@video-meet/protocol'
import type { types } from 'mediasoup-client'
import { isCodec } from '../video-codec.ts'
import { cameraEncodings, type EncodingChoice, START_BITRATE_KBPS } from './codec-preferences.ts'

/** Bits per second of a camera up to the first, the second and the third layer. */
const LAYER_BITRATES = [150_000, 500_000, 1_500_000] as const
const SCREEN_BITRATE = 2_500_000

/**
 * How a picture is sent with another codec than VP8: with VP9 as one picture in layers (SVC), which costs less than
 * several pictures of different size, with H.264 as those. With AV1 it has one size for all: what mediasoup makes of
 * its layers cannot be decoded, and it takes no AV1 in several sizes.
 *
 * @returns null when this browser sends no layers, so that VP8 is better for those who need a small picture
 */
export function chooseOtherEncoding(
  source: TrackSource,
  settings: MediaTrackSettings,
  { codec: name, codecs }: { readonly codec: VideoCodec; readonly codecs: types.RtpCodecCapability[] },
): EncodingChoice | null {
  const codec = codecs.find(({ mimeType }) => isCodec(mimeType, name))
  if (!codec) return null
  const how = { codec, codecOptions: { videoGoogleStartBitrate: START_BITRATE_KBPS } }
  if (source === 'screen')
    return { ...how, encodings: [{ maxBitrate: SCREEN_BITRATE, scalabilityMode: 'L1T3' }] }
  const sizes = cameraEncodings(settings)
  if (name === 'h264') return { ...how, encodings: sizes }
  const maxBitrate = bitrateUpTo(sizes.length - 1, sizes.length)
  if (name === 'av1' || sizes.length === 1)
    return { ...how, encodings: [{ maxBitrate, scalabilityMode: 'L1T3', scaleResolutionDownBy: 1 }] }
  return sendsLayers()
    ? { ...how, encodings: [{ maxBitrate, scalabilityMode: `L${sizes.length}T3_KEY` }] }
    : null
}

/** Sends of a camera no more than this layer: the encoder gets no bits for those above, or makes a smaller picture. */
export async function limitLayers(sender: RTCRtpSender, top: number): Promise<void> {
  const parameters = sender.getParameters()
  const [encoding] = parameters.encodings
  if (!encoding || !sender.track || parameters.encodings.length > 1) return
  const sizes = cameraEncodings(sender.track.getSettings()).length
  const layer = Math.min(Math.max(0, top), sizes - 1)
  const maxBitrate = bitrateUpTo(layer, sizes)
  if (encoding.maxBitrate === maxBitrate) return
  const isLayered = !modeOf(encoding)?.startsWith('L1')
  if (!isLayered) encoding.scaleResolutionDownBy = 2 ** (sizes - 1 - layer)
  encoding.maxBitrate = maxBitrate
  await sender.setParameters(parameters)
}

function bitrateUpTo(layer: number, sizes: number): number {
  // The only one of a small camera is worth what a middle one is.
  return LAYER_BITRATES[sizes === 1 ? 1 : layer] ?? LAYER_BITRATES[2]
}

/** Whether this browser sends pictures in layers. One that does not passes over the wish. */
function sendsLayers(): boolean {
  const pc = new RTCPeerConnection()
  try {
    const wish = { scalabilityMode: 'L3T3_KEY' } as RTCRtpEncodingParameters
    const { sender } = pc.addTransceiver('video', { sendEncodings: [wish] })
    return modeOf(sender.getParameters().encodings[0]) === 'L3T3_KEY'
  } catch {
    return false
  } finally {
    pc.close()
  }
}

/** Of a standard of its own, which TypeScript's library does not know. */
function modeOf(encoding: RTCRtpEncodingParameters | undefined): string | undefined {
  return (encoding as { scalabilityMode?: string } | undefined)?.scalabilityMode
}
