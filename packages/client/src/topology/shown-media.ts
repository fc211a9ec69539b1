import type { ParticipantId, TrackSource } from '@video-meet/protocol'
import type { ExpectedMedia } from './expected-media.ts'
import { chooseTrack, type ReceivedTrack, type Way } from './received-media.ts'

export interface ShownMediaOptions {
  readonly expected: ExpectedMedia
  /** Of what comes over links. */
  readonly linkReceiver: (id: ParticipantId, source: TrackSource) => RTCRtpReceiver | undefined
  readonly onReceived: (id: ParticipantId, source: TrackSource, mediaTrack: MediaStreamTrack) => void
  readonly onLost: (id: ParticipantId, source: TrackSource) => void
}

/** Gives the room each track from the way that brings it. */
export class ShownMedia {
  readonly #options: ShownMediaOptions

  constructor(options: ShownMediaOptions) {
    this.#options = options
  }

  /** @returns whether that is news */
  arrived(way: Way, track: ReceivedTrack, mediaTrack: MediaStreamTrack | null): boolean {
    if (track.ways[way] === mediaTrack) return false
    track.ways[way] = mediaTrack
    track.flows[way] = false
    return true
  }

  /** Takes what links bring, and shows what is best. */
  update(preferred: Way): void {
    for (const track of this.#options.expected.received.all) {
      this.#takeFromLinks(track)
      this.#show(track, preferred)
    }
    this.#options.expected.received.forgetUnused()
  }

  /** The way on which what is shown comes in; that through the server when nothing is. */
  wayOf(id: ParticipantId, source: TrackSource): Way {
    const track = this.#options.expected.received.find(id, source)
    return track?.shown && track.shown === track.ways.links ? 'links' : 'sfu'
  }

  #takeFromLinks(track: ReceivedTrack): void {
    const { participantId, source, muted } = track
    const received = this.#options.linkReceiver(participantId, source)?.track
    // What the server calls muted is not heard nor seen, whatever a client goes on to send over its links.
    if (received) received.enabled = muted === false
    this.arrived('links', track, (muted !== null && received) || null)
  }

  #show(track: ReceivedTrack, preferred: Way): void {
    const { participantId, source } = track
    // What is held back would stand still.
    const isWithheld = this.#options.expected.demands.isWithheld(participantId, source)
    const chosen = isWithheld ? null : chooseTrack(track, preferred)
    if (chosen === track.shown) return
    track.shown = chosen
    if (chosen) this.#options.onReceived(participantId, source, chosen)
    else this.#options.onLost(participantId, source)
  }
}
