import type { ParticipantId, TrackSource } from '@video-meet/protocol'
import type { TrackDemand } from '../track.ts'

/**
 * How much the person wants to spend on pictures: `auto` and `high` as much as is shown, `standard` and `low` no more
 * than so many lines of a camera, `audio` nothing.
 */
export type QualityChoice = 'auto' | 'high' | 'standard' | 'low' | 'audio'

const MOST_LINES: Readonly<Record<QualityChoice, number>> = {
  auto: Infinity,
  high: Infinity,
  standard: 360,
  low: 180,
  audio: 0,
}

interface Demand {
  readonly id: ParticipantId
  readonly source: TrackSource
  readonly shown: TrackDemand
}

/** What the page shows of every picture, and what of it is asked for. */
export class Demands {
  readonly #demands = new Map<string, Demand>()
  #choice: QualityChoice = 'auto'

  /** What is to be asked for, by track. */
  get all(): (readonly [ParticipantId, TrackSource, TrackDemand])[] {
    return [...this.#demands.values()].map((demand) => [demand.id, demand.source, this.#limited(demand)])
  }

  /** @returns what is to be asked for */
  set(id: ParticipantId, source: TrackSource, shown: TrackDemand): TrackDemand {
    const demand = { id, source, shown }
    this.#demands.set(`${id}/${source}`, demand)
    return this.#limited(demand)
  }

  /** How large the person's own camera is sent, in lines. Whether it is sent at all they say elsewhere. */
  get linesToSend(): number {
    return Math.max(MOST_LINES[this.#choice], MOST_LINES.low)
  }

  choose(choice: QualityChoice): void {
    this.#choice = choice
  }

  isHidden(id: ParticipantId, source: TrackSource): boolean {
    const demand = this.#demands.get(`${id}/${source}`)
    return demand !== undefined && this.#limited(demand) === 'hidden'
  }

  #limited({ source, shown }: Demand): TrackDemand {
    const most = MOST_LINES[this.#choice]
    if (shown === 'hidden' || most === 0) return 'hidden'
    // What stands on a screen has to be read.
    return source === 'screen' ? shown : { heightPx: Math.min(shown.heightPx, most) }
  }
}
