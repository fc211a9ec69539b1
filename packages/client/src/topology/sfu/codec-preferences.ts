import type { TrackSource } from '@video-meet/protocol'
import type { types } from 'mediasoup-client'
import type { TrackDemand } from '../../track.ts'

type Encoding = types.RtpEncodingParameters
/** How a track is encoded. */
export interface EncodingChoice {
  readonly encodings?: Encoding[]
  readonly codecOptions?: types.ProducerCodecOptions
  readonly codec?: types.RtpCodecCapability
}

const LOW: Encoding = { maxBitrate: 150_000, scalabilityMode: 'L1T3' }
const MIDDLE: Encoding = { maxBitrate: 450_000, scalabilityMode: 'L1T3' }
const HIGH: Encoding = { maxBitrate: 1_500_000, scalabilityMode: 'L1T3' }
/**
 * In its own size once a second, for those who cannot receive more, and as it is for all others. A rate that is not given
 * would be that of the slower one in Chromium. What stands still sends next to nothing, and is there all the same.
 */
const SCREEN: Encoding[] = [
  { maxBitrate: 150_000, maxFramerate: 1, scalabilityMode: 'L1T1', scaleResolutionDownBy: 1, dtx: true },
  { maxBitrate: 2_500_000, maxFramerate: 30, scalabilityMode: 'L1T1', scaleResolutionDownBy: 1, dtx: true },
]
const VOICE = { opusStereo: false, opusDtx: true }
const MUSIC = { opusStereo: true, opusDtx: false, opusMaxAverageBitrate: 192_000 }
/** Lets the picture start sharp instead of climbing for seconds. */
export const START_BITRATE_KBPS = 1000

/** Chooses the encoding of a local track; `codecs` is what this browser can send. */
export function chooseEncoding(
  source: TrackSource,
  settings: MediaTrackSettings,
  codecs: readonly types.RtpCodecCapability[],
): EncodingChoice {
  switch (source) {
    case 'microphone':
      return { codecOptions: { ...(isMusic(settings) ? MUSIC : VOICE), opusFec: true, opusNack: true } }
    case 'screen-audio':
      // Music and films: stereo, and no pauses where a voice would have them.
      return { codecOptions: { opusStereo: true, opusDtx: false, opusFec: true, opusNack: true } }
    case 'camera':
      return { ...videoCodec(codecs), encodings: cameraEncodings(settings) }
    case 'screen':
      return { ...videoCodec(codecs), encodings: SCREEN.map((encoding) => ({ ...encoding })) }
  }
}

/** A microphone that was opened for music: two channels, and nothing done to them. */
export function isMusic({ channelCount, echoCancellation }: MediaTrackSettings): boolean {
  return channelCount === 2 && echoCancellation === false
}

function videoCodec(codecs: readonly types.RtpCodecCapability[]): EncodingChoice {
  const vp8 = codecs.find((codec) => codec.mimeType.toLowerCase() === 'video/vp8')
  const codecOptions = { videoGoogleStartBitrate: START_BITRATE_KBPS }
  return vp8 ? { codec: vp8, codecOptions } : { codecOptions }
}

/**
 * Simulcast layers of a camera by the size it captures: browsers do not really send layers below some 180 lines, and a
 * telephone held upright has its lines in the width.
 */
export function cameraEncodings({ width, height }: MediaTrackSettings): Encoding[] {
  const lines = Math.min(width ?? Infinity, height ?? Infinity)
  if (lines >= 540) return scaled([LOW, MIDDLE, HIGH])
  if (lines >= 360) return scaled([LOW, MIDDLE])
  return scaled([MIDDLE])
}

function scaled(encodings: readonly Encoding[]): Encoding[] {
  return encodings.map((encoding, layer) => ({
    ...encoding,
    scaleResolutionDownBy: 2 ** (encodings.length - 1 - layer),
  }))
}

/** Which of the layers of a picture is needed; without a temporal one, every picture of it. */
export interface Layer {
  readonly spatialLayer: number | null
  readonly temporalLayer?: number
}

/** Layer that serves a demand; `null` for nothing at all. A layer above the highest means the highest. */
export function layerForDemand(source: TrackSource, demand: TrackDemand): Layer {
  if (demand === 'hidden') return { spatialLayer: null }
  const { heightPx, maxFps } = demand
  // The layers of a screen differ in their rate alone.
  const slow = maxFps === undefined ? {} : { temporalLayer: 0 }
  if (source === 'screen') return { spatialLayer: maxFps === undefined ? 2 : 0, ...slow }
  if (heightPx <= 200) return { spatialLayer: 0, ...slow }
  return { spatialLayer: heightPx <= 400 ? 1 : 2, ...slow }
}
