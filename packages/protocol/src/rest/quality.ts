import * as z from 'zod/mini'
import { QualityProblem } from '../features/stats.ts'
import { MeetingId } from '../ids.ts'
import { named } from '../shapes.ts'
import { UserId } from './people.ts'
import { defineRoute } from './route.ts'

/** The middle of what was measured, and the worst of it; null when nothing was. */
const Measured = z.nullable(z.object({ median: z.number(), worst: z.number() }))

/** How somebody was connected in the call, over all their stays, as their client reported it. */
export const PersonQuality = named(
  'PersonQuality',
  z.object({
    name: z.string(),
    userId: z.nullable(UserId),
    kind: z.enum(['user', 'guest']),
    /** Over which time it was measured. */
    seconds: z.int(),
    /** Of that, how long the connection was poor or lost. */
    poorSeconds: z.int(),
    rttMs: Measured,
    jitterMs: Measured,
    /** From 0 to 1. */
    lossShare: Measured,
    /** What was wrong, with for how many seconds; the longest comes first. */
    problems: z.array(z.object({ problem: QualityProblem, seconds: z.int() })),
    /** For how many seconds media took which way. */
    ways: z.object({ links: z.int(), sfu: z.int(), relayed: z.int(), tcp: z.int() }),
    /** How often media changed between links and the server. */
    switches: z.int(),
  }),
)
export type PersonQuality = z.infer<typeof PersonQuality>

export const listQuality = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id/quality',
  summary: 'List how everyone was connected in the call',
  tag: 'meetings',
  access: {
    callers: 'users',
    scope: 'meetings:read',
    object: { kind: 'meeting', rule: 'owner', param: 'id' },
  },
  params: z.object({ id: MeetingId }),
  response: z.object({ items: z.array(PersonQuality) }),
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found'],
  limit: { burst: 60, perMinute: 120 },
})
