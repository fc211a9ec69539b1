import type { TrackSource } from '@video-meet/protocol'

/** How much of what this person sends goes out, whoever would want more. */
export interface SendingLimits {
  /** Of a camera. */
  readonly mostLines: number
  /** The network hardly carries anything: sound first, a small picture, and screens once a second. */
  readonly saving: boolean
  /** Highest layer of a picture that is sent to the server. */
  readonly topLayer: (source: TrackSource) => number
  /** Brings what a sender spends in line with this, or back to what it was. Never rejects. */
  readonly tune: (sender: RTCRtpSender, source: TrackSource) => Promise<void>
}
