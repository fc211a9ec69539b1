import type { ParticipantId, TrackSource } from '@video-meet/protocol'
import type { Way } from '../topology/received-media.ts'
import type { Advice } from './advice.ts'
import type { PathStats } from './path-stats.ts'
import type { Judgement } from './quality.ts'
import type { ReceivedStats } from './received-stats.ts'
import type { SentStats } from './sent-stats.ts'

/** How one track of somebody arrives; the figures are null while there is nothing to compare. */
export interface ArrivingTrack {
  readonly source: TrackSource
  /** Whether it comes over a link or through the server. */
  readonly way: Way
  readonly path: PathStats | null
  readonly stats: ReceivedStats | null
}

/** How one of the own tracks is sent. */
export interface LeavingTrack {
  readonly source: TrackSource
  readonly way: Way
  /** To whom; null: to the server, for all. */
  readonly to: ParticipantId | null
  readonly path: PathStats | null
  readonly stats: SentStats | null
}

export interface Quality extends Judgement {
  readonly advice: Advice | null
}

export interface PersonStats {
  readonly id: ParticipantId
  readonly arriving: readonly ArrivingTrack[]
  readonly quality: Quality
}

/** What was measured over the last seconds. */
export interface CallSample {
  /** A time of `Date.now()`. */
  readonly at: number
  readonly people: readonly PersonStats[]
  readonly leaving: readonly LeavingTrack[]
  /** Of what this browser sends. */
  readonly own: Quality
}
