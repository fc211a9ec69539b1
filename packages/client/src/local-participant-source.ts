import type { TrackSource } from '@video-meet/protocol'
import type { Participant } from './participant.ts'
import type { LocalMedia } from './topology/topology.ts'
import { Track } from './track.ts'

/** Where a local source tells what became of it. */
export interface LocalSourceListener {
  /** What the source should send from now on; `null` for not being published. */
  onMedia(source: TrackSource, media: LocalMedia | null): void
  onPublished(track: Track): void
  onUnpublished(track: Track): void
  onMuteChanged(track: Track): void
  /** The device or the browser ended the media track. */
  onEnded(source: TrackSource): void
}

/**
 * How long a media track goes on after another one took its place: what sends them changes over within milliseconds,
 * but not at once, and until then the one before is what the others hear and see.
 */
const RETIRES_AFTER_MS = 500

/** One source of the local participant: the captured media track, and the published track that it feeds. */
export class LocalSource {
  readonly #owner: Participant
  readonly #source: TrackSource
  readonly #listener: LocalSourceListener
  #media: MediaStreamTrack | null = null
  #retiring: { readonly media: MediaStreamTrack; readonly timer: ReturnType<typeof setTimeout> } | null = null
  #track: Track | undefined

  constructor(owner: Participant, source: TrackSource, listener: LocalSourceListener) {
    this.#owner = owner
    this.#source = source
    this.#listener = listener
  }

  get isPublished(): boolean {
    return this.#track !== undefined
  }

  get media(): MediaStreamTrack | null {
    return this.#media
  }

  get isMuted(): boolean {
    return this.#track?.state.get().muted ?? true
  }

  /** Publishes a captured media track, or sends it in place of the one before, which is stopped when that is done. */
  adopt(media: MediaStreamTrack, muted: boolean): void {
    const before = this.#media
    if (media !== before) this.#stopMedia({ gently: !muted && before?.readyState === 'live' })
    this.#media = media
    media.addEventListener('ended', this.#ended)
    this.#apply(muted)
    // A device may have gone between being captured and getting here.
    if (media.readyState === 'ended') this.#ended()
  }

  /** Silences or opens what is captured, at once. */
  setMuted(muted: boolean): void {
    if (this.#media) this.#apply(muted)
  }

  /** Lets the device go; the track stays published as muted. */
  release(): void {
    if (!this.#media) return
    this.#stopMedia()
    this.#apply(true)
  }

  /** Lets the device go and takes the track away. */
  unpublish(): void {
    this.#stopMedia()
    const track = this.#track
    if (!track) return
    this.#track = undefined
    this.#owner.removeTrack(track)
    track.update({ mediaTrack: null })
    this.#listener.onMedia(this.#source, null)
    this.#listener.onUnpublished(track)
  }

  #apply(muted: boolean): void {
    if (this.#media) this.#media.enabled = !muted
    if (muted) this.#retireNow()
    const track = this.#track
    const view = { muted, mediaTrack: this.#media }
    if (track) {
      const changed = track.state.get().muted !== muted
      track.update(view)
      this.#listener.onMedia(this.#source, view)
      if (changed) this.#listener.onMuteChanged(track)
      return
    }
    const published = new Track({ owner: this.#owner, source: this.#source, view })
    this.#track = published
    this.#owner.addTrack(published)
    this.#listener.onMedia(this.#source, view)
    this.#listener.onPublished(published)
  }

  #stopMedia({ gently = false } = {}): void {
    this.#retireNow()
    const media = this.#media
    this.#media = null
    media?.removeEventListener('ended', this.#ended)
    if (!media || !gently) return media?.stop()
    this.#retiring = { media, timer: setTimeout(() => this.#retireNow(), RETIRES_AFTER_MS) }
  }

  #retireNow(): void {
    clearTimeout(this.#retiring?.timer)
    this.#retiring?.media.stop()
    this.#retiring = null
  }

  readonly #ended = (): void => this.#listener.onEnded(this.#source)
}
