import type { TrackKind } from '@video-meet/protocol'

const PREFERRED: Readonly<Record<TrackKind, readonly string[]>> = {
  // Sound that is sent twice survives losses that FEC does not.
  audio: ['audio/red', 'audio/opus'],
  video: ['video/vp8'],
}

/** The codecs of this browser with those first that calls go with best. */
export function preferredCodecs(kind: TrackKind): RTCRtpCodec[] {
  const codecs = RTCRtpReceiver.getCapabilities(kind)?.codecs ?? []
  const rank = ({ mimeType }: RTCRtpCodec) => {
    const place = PREFERRED[kind].indexOf(mimeType.toLowerCase())
    return place === -1 ? PREFERRED[kind].length : place
  }
  return codecs.toSorted((a, b) => rank(a) - rank(b))
}
