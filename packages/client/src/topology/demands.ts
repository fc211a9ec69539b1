import type { ParticipantId, TrackSource } from '@video-meet/protocol'
import type { TrackDemand } from '../track.ts'

/**
 * How much the person wants to spend on pictures: `auto` and `high` as much as is shown, `standard` and `low` no more
 * than so many lines of a camera, `audio` nothing. `saving` is for networks that hardly carry anything: sound first, and
 * of all pictures one, a shared screen once a second or else one small face.
 */
export type QualityChoice = 'auto' | 'high' | 'standard' | 'low' | 'saving' | 'audio'

/** A picture, and how the page shows it. */
export interface Demand {
  readonly id: ParticipantId
  readonly source: TrackSource
  readonly shown: TrackDemand
}

/** What of a picture that is shown is asked for. */
export type DemandLimit = (demand: Demand) => TrackDemand

/** What the page shows of every picture, and what of it is asked for. */
export class Demands {
  readonly #demands = new Map<string, Demand>()
  #limit: DemandLimit = ({ shown }) => shown

  /** What is shown, by track. */
  get shown(): readonly Demand[] {
    return [...this.#demands.values()]
  }

  /** What is to be asked for, by track. */
  get all(): (readonly [ParticipantId, TrackSource, TrackDemand])[] {
    return this.shown.map((demand) => [demand.id, demand.source, this.#limit(demand)])
  }

  /** @returns what is to be asked for */
  set(id: ParticipantId, source: TrackSource, shown: TrackDemand): TrackDemand {
    const demand = { id, source, shown }
    this.#demands.set(`${id}/${source}`, demand)
    return this.#limit(demand)
  }

  limitTo(limit: DemandLimit): void {
    this.#limit = limit
  }

  isHidden(id: ParticipantId, source: TrackSource): boolean {
    const demand = this.#demands.get(`${id}/${source}`)
    return demand !== undefined && this.#limit(demand) === 'hidden'
  }

  /** Whether it would be seen, and is not asked for all the same. */
  isWithheld(id: ParticipantId, source: TrackSource): boolean {
    return this.isHidden(id, source) && this.#demands.get(`${id}/${source}`)?.shown !== 'hidden'
  }
}
