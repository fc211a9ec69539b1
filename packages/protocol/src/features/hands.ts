import * as z from 'zod/mini'
import { defineFeatureContract } from '../contract.ts'
import { ParticipantId } from '../ids.ts'
import { named } from '../shapes.ts'

export const RaisedHand = named(
  'RaisedHand',
  z.object({ participantId: ParticipantId, raisedAt: z.iso.datetime() }),
)
export type RaisedHand = z.infer<typeof RaisedHand>

export const handsContract = defineFeatureContract({
  /** The first one raised comes first. */
  snapshot: z.object({ raised: z.array(RaisedHand) }),
  requests: {
    'hands.raise': { input: z.strictObject({}), output: z.object({}), limit: { burst: 6, perMinute: 20 } },
    /** The own hand. */
    'hands.lower': { input: z.strictObject({}), output: z.object({}), limit: { burst: 6, perMinute: 20 } },
    /** Somebody's hand. */
    'hands.lowerOf': {
      input: z.strictObject({ participantId: ParticipantId }),
      output: z.object({}),
      limit: { burst: 30, perMinute: 60 },
    },
    'hands.lowerAll': { input: z.strictObject({}), output: z.object({}), limit: { burst: 6, perMinute: 20 } },
  },
  notifications: {
    'hands.changed': z.object({ raised: z.array(RaisedHand) }),
  },
})
