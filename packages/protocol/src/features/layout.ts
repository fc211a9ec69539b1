import * as z from 'zod/mini'
import { defineFeatureContract } from '../contract.ts'
import { ParticipantId } from '../ids.ts'
import { named } from '../shapes.ts'

/** How somebody arranges their stage. */
export const StageLayout = named(
  'StageLayout',
  z.strictObject({
    /** `grid`: all tiles of one size; `speaker`: whoever speaks, large. */
    mode: z.enum(['grid', 'speaker']),
    /** Shown large whoever speaks. */
    pinned: z.nullable(ParticipantId),
  }),
)
export type StageLayout = z.infer<typeof StageLayout>

/** What moderators arrange for everyone. */
const CommonLayout = z.object({
  /** The person whom everyone sees large. */
  spotlight: z.nullable(ParticipantId),
  /** Whose arrangement everyone follows, and what it is. */
  led: z.nullable(z.object({ by: ParticipantId, layout: StageLayout })),
})
export type CommonLayout = z.infer<typeof CommonLayout>

const LIMIT = { burst: 20, perMinute: 120 }

export const layoutContract = defineFeatureContract({
  snapshot: CommonLayout,
  requests: {
    /** Null ends it. */
    'layout.spotlight': {
      input: z.strictObject({ participantId: z.nullable(ParticipantId) }),
      output: z.object({}),
      limit: LIMIT,
    },
    /** Everyone follows the caller's arrangement; null ends it. */
    'layout.lead': {
      input: z.strictObject({ layout: z.nullable(StageLayout) }),
      output: z.object({}),
      limit: LIMIT,
    },
  },
  notifications: {
    'layout.changed': CommonLayout,
  },
})
