import { kindOfSource, type TrackSource, type TrackState, type VideoCodec } from '@video-meet/protocol'
import type { SendingLimits } from '../sending-limits.ts'
import type { LocalMedia } from '../topology.ts'
import { Publication, type PublicationOptions } from './publication.ts'
import type { SfuSession } from './sfu-session.ts'

export interface SfuSenderOptions extends Pick<PublicationOptions, 'request' | 'log'> {
  readonly onFailed: (source: TrackSource, error: unknown) => void
}

/** The local tracks in the SFU: one publication per source, which work side by side. */
export class SfuSender {
  readonly #options: SfuSenderOptions
  readonly #publications = new Map<TrackSource, Publication>()
  #session: SfuSession | undefined
  #sending = true
  #codec: VideoCodec = 'vp8'
  #limits: SendingLimits | undefined

  constructor(options: SfuSenderOptions) {
    this.#options = options
  }

  /** Says what to send of a source; `null` for nothing. */
  setDesired(source: TrackSource, media: LocalMedia | null): void {
    if (media !== null || this.#publications.has(source)) this.#publication(source).setDesired(media)
  }

  setLimits(limits: SendingLimits): void {
    this.#limits = limits
    for (const publication of this.#publications.values()) publication.setLimits(limits)
  }

  /** Encodes pictures with this. */
  setCodec(codec: VideoCodec): void {
    if (codec === this.#codec) return
    this.#codec = codec
    for (const [source, publication] of this.#publications)
      if (kindOfSource(source) === 'video') publication.setCodec(codec)
  }

  setWantedLayer(source: TrackSource, layer: number | null): void {
    this.#publications.get(source)?.setWantedLayer(layer)
  }

  /** Whether the server gets what is sent, or only a list of it. */
  setSending(sending: boolean): void {
    if (sending === this.#sending) return
    this.#sending = sending
    for (const publication of this.#publications.values()) publication.setSending(sending)
  }

  /** Sends everything over `session` from now on; `listed` is what the server lists of this person. */
  attach(session: SfuSession, listed: readonly TrackState[]): void {
    this.#session = session
    for (const { source } of listed) this.#publication(source)
    for (const [source, publication] of this.#publications) {
      publication.attach(session, listed.find((track) => track.source === source) ?? null)
    }
  }

  sender(source: TrackSource): RTCRtpSender | undefined {
    return this.#publications.get(source)?.sender
  }

  close(): void {
    for (const publication of this.#publications.values()) publication.close()
    this.#publications.clear()
  }

  #publication(source: TrackSource): Publication {
    const existing = this.#publications.get(source)
    if (existing) return existing
    const { request, log, onFailed } = this.#options
    const created = new Publication(
      { source, request, log, onFailed: (error) => onFailed(source, error) },
      this.#sending,
    )
    this.#publications.set(source, created)
    if (this.#limits) created.setLimits(this.#limits)
    if (kindOfSource(source) === 'video') created.setCodec(this.#codec)
    if (this.#session) created.attach(this.#session, null)
    return created
  }
}
