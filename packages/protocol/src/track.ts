import * as z from 'zod/mini'
import { defineContract } from './contract.ts'
import { ParticipantId } from './ids.ts'
import { named } from './shapes.ts'

/** What a track shows or sounds. A person has at most one track of each source, so (person, source) names a track. */
export const TrackSource = z.enum(['microphone', 'camera', 'screen', 'screen-audio'])
export type TrackSource = z.infer<typeof TrackSource>

export const TrackKind = z.enum(['audio', 'video'])
export type TrackKind = z.infer<typeof TrackKind>

const KIND_OF_SOURCE: Record<TrackSource, TrackKind> = {
  microphone: 'audio',
  camera: 'video',
  screen: 'video',
  'screen-audio': 'audio',
}

/** Whether tracks of this source are sound or picture. */
export function kindOfSource(source: TrackSource): TrackKind {
  return KIND_OF_SOURCE[source]
}

/** A published track as everyone in the room sees it. */
export const TrackState = named(
  'TrackState',
  z.object({
    source: TrackSource,
    /** Muted microphone, or camera that is off: published, but nothing flows. */
    muted: z.boolean(),
  }),
)
export type TrackState = z.infer<typeof TrackState>

export const trackContract = defineContract({
  requests: {
    /** Lists a track that goes to the others over links. One that goes to the server is listed by `sfu.produce`. */
    'track.publish': {
      input: z.strictObject({ source: TrackSource, muted: z.boolean() }),
      output: z.object({}),
      limit: { burst: 20, perMinute: 60 },
    },
    'track.setMuted': {
      input: z.strictObject({ source: TrackSource, muted: z.boolean() }),
      output: z.object({}),
      limit: { burst: 20, perMinute: 120 },
    },
    'track.unpublish': {
      input: z.strictObject({ source: TrackSource }),
      output: z.object({}),
      limit: { burst: 20, perMinute: 60 },
    },
  },
  notifications: {
    /** A track was published or its state changed. */
    'track.changed': z.object({ participantId: ParticipantId, track: TrackState }),
    'track.unpublished': z.object({ participantId: ParticipantId, source: TrackSource }),
  },
})
