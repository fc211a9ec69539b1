import { kindOfSource, type TrackSource, type VideoCodec } from '@video-meet/protocol'
import type { Logger } from '../../core/logger.ts'
import type { SendingLimits } from '../sending-limits.ts'
import type { LocalMedia } from '../topology.ts'
import { isCodec } from '../video-codec.ts'
import { chooseLinkEncoding } from './link-encoding.ts'

/** What the other end of a link asks for; 0 lines: nothing. */
export interface AskedPicture {
  readonly source: TrackSource
  readonly heightPx: number
  readonly maxFps?: number | undefined
}

export interface LinkMediaOptions {
  /** What sends a source over the link; undefined until that is negotiated. */
  readonly sender: (source: TrackSource) => RTCRtpSender | undefined
  readonly log: Logger
}

/** What goes out over one link: the local tracks, as large as the other end shows them. */
export class LinkMedia {
  readonly #options: LinkMediaOptions
  readonly #media = new Map<TrackSource, LocalMedia>()
  readonly #asked = new Map<TrackSource, AskedPicture>()
  #limits: SendingLimits | undefined
  #codec: VideoCodec = 'vp8'

  constructor(options: LinkMediaOptions) {
    this.#options = options
  }

  set(source: TrackSource, media: LocalMedia | null): void {
    if (media) this.#media.set(source, media)
    else this.#media.delete(source)
  }

  /** How the other end shows it. */
  setAsked(picture: AskedPicture): void {
    this.#asked.set(picture.source, picture)
  }

  /** No more than this goes out. */
  setLimits(limits: SendingLimits): void {
    this.#limits = limits
  }

  /** Pictures are encoded with this, if the other end knows it. */
  setCodec(codec: VideoCodec): void {
    this.#codec = codec
  }

  /** Brings about what was set. */
  async apply(source: TrackSource): Promise<void> {
    const sender = this.#options.sender(source)
    if (!sender) return
    const media = this.#media.get(source)
    const track = media && !media.muted && media.mediaTrack?.readyState === 'live' ? media.mediaTrack : null
    if (sender.track !== track) await sender.replaceTrack(track)
    const parameters = sender.getParameters()
    const [encoding] = parameters.encodings
    if (!track || !encoding) return
    Object.assign(encoding, this.#encodingOf(source, track.getSettings()))
    // Browsers that cannot change it on the way pass over it, and go on with what they began with.
    if (kindOfSource(source) === 'video') Object.assign(encoding, this.#codecAmong(parameters.codecs))
    try {
      await sender.setParameters(parameters)
    } catch (error) {
      // It goes out all the same, only not in the size in which it is shown.
      this.#options.log.debug('a track is sent in another size', { source, error })
    }
  }

  #encodingOf(source: TrackSource, settings: MediaTrackSettings) {
    const { heightPx, maxFps } = this.#asked.get(source) ?? {}
    const { mostLines, saving } = this.#limits ?? {}
    return chooseLinkEncoding(source, { heightPx, maxFps, settings, most: mostLines, saving })
  }

  #codecAmong(codecs: readonly RTCRtpCodecParameters[]): { codec?: RTCRtpCodecParameters } {
    const known = (name: VideoCodec) => codecs.find(({ mimeType }) => isCodec(mimeType, name))
    const codec = known(this.#codec) ?? known('vp8')
    return codec ? { codec } : {}
  }
}
