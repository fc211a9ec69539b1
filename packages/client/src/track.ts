import { type ParticipantId, type TrackKind, type TrackSource, kindOfSource } from '@video-meet/protocol'
import { type ReadableStore, Store, patchStore } from './core/store.ts'

/** What is known of a track at this moment. */
export interface TrackView {
  /** Published, but nothing flows: a muted microphone, a camera that is off. */
  readonly muted: boolean
  /** What a media element can play; `null` while nothing has arrived, and of one's own camera while it is off. */
  readonly mediaTrack: MediaStreamTrack | null
}

/**
 * What the page shows of a picture: its height in device pixels, or nothing. `maxFps`: so many pictures a second are
 * enough.
 */
export type TrackDemand = { readonly heightPx: number; readonly maxFps?: number } | 'hidden'

export interface TrackOptions {
  /** Whose track it is. */
  readonly owner: { readonly id: ParticipantId; readonly isLocal: boolean }
  readonly source: TrackSource
  readonly view: TrackView
  /** Gets what `setDemand` is told. */
  readonly onDemand?: (demand: TrackDemand) => void
}

/** A published track of a participant. Its `source` names it: a person has one track of each source at most. */
export class Track {
  readonly source: TrackSource
  readonly kind: TrackKind
  readonly #owner: TrackOptions['owner']
  readonly #state: Store<TrackView>
  readonly #onDemand: (demand: TrackDemand) => void

  constructor(options: TrackOptions) {
    this.#owner = options.owner
    this.source = options.source
    this.kind = kindOfSource(options.source)
    this.#state = new Store(options.view)
    this.#onDemand = options.onDemand ?? (() => {})
  }

  get participantId(): ParticipantId {
    return this.#owner.id
  }

  get isLocal(): boolean {
    return this.#owner.isLocal
  }

  get state(): ReadableStore<TrackView> {
    return this.#state
  }

  /** Tells how large the picture is shown, so that no more than that is sent. Nothing happens for local tracks and sound. */
  setDemand(demand: TrackDemand): void {
    if (!this.isLocal && this.kind === 'video') this.#onDemand(demand)
  }

  /** For the SDK. @internal */
  update(patch: Partial<TrackView>): void {
    patchStore(this.#state, patch)
  }
}
