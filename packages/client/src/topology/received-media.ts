import type { ParticipantId, TrackSource } from '@video-meet/protocol'

/** The two ways that media can take: over links to each other, or through the server. */
export type Way = 'links' | 'sfu'

/** What is received of one source of one participant. */
export interface ReceivedTrack {
  readonly participantId: ParticipantId
  readonly source: TrackSource
  /** As the server lists it; null when it is not listed. */
  muted: boolean | null
  readonly ways: { links: MediaStreamTrack | null; sfu: MediaStreamTrack | null }
  /** On which ways something has arrived since it is sent there. */
  readonly flows: { links: boolean; sfu: boolean }
  /** What of it the room has been given. */
  shown: MediaStreamTrack | null
}

/** Everything that others send, and on which ways. */
export class ReceivedMedia {
  readonly #tracks = new Map<string, ReceivedTrack>()

  get all(): readonly ReceivedTrack[] {
    return [...this.#tracks.values()]
  }

  /** @returns undefined when nothing is known of it */
  find(participantId: ParticipantId, source: TrackSource): ReceivedTrack | undefined {
    return this.#tracks.get(`${participantId}/${source}`)
  }

  of(participantId: ParticipantId, source: TrackSource): ReceivedTrack {
    const known = this.find(participantId, source)
    if (known) return known
    const track: ReceivedTrack = {
      participantId,
      source,
      muted: null,
      ways: { links: null, sfu: null },
      flows: { links: false, sfu: false },
      shown: null,
    }
    this.#tracks.set(`${participantId}/${source}`, track)
    return track
  }

  /** Nothing has arrived on a way that begins anew. */
  forgetFlows(way: Way): void {
    for (const track of this.#tracks.values()) track.flows[way] = false
  }

  /** What is neither listed nor comes in any more is forgotten. */
  forgetUnused(): void {
    for (const [key, { muted, ways, shown }] of this.#tracks)
      if (muted === null && !ways.links && !ways.sfu && !shown) this.#tracks.delete(key)
  }
}

/** What to play of a track: that of `preferred` as soon as something arrives there, and until then what does arrive. */
export function chooseTrack({ ways, flows, muted }: ReceivedTrack, preferred: Way): MediaStreamTrack | null {
  const other = preferred === 'sfu' ? 'links' : 'sfu'
  const [first, second] = [ways[preferred], ways[other]]
  if (!first || !second) return first ?? second
  // Of what is muted nothing arrives on any way.
  return flows[preferred] || !flows[other] || muted === true ? first : second
}
