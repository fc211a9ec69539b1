import * as z from 'zod/mini'
import { MeetingId, ParticipantId } from '../ids.ts'
import { named } from '../shapes.ts'
import { UserId } from './people.ts'
import { defineRoute } from './route.ts'

const LIMIT = { burst: 60, perMinute: 120 }
const ACCESS = {
  callers: 'users',
  scope: 'meetings:read',
  object: { kind: 'meeting', rule: 'owner', param: 'id' },
} as const

/** One stretch of time that somebody was in the call; `leftAt` is null while they are. */
const Stay = z.object({ joinedAt: z.iso.datetime(), leftAt: z.nullable(z.iso.datetime()) })

/** Somebody who was in the call. Lost connections that came back within 2 minutes are no absence. */
export const Attendee = named(
  'Attendee',
  z.object({
    /** Of the first stay. */
    participantId: ParticipantId,
    name: z.string(),
    userId: z.nullable(UserId),
    kind: z.enum(['user', 'guest']),
    role: z.string(),
    joinedAt: z.iso.datetime(),
    /** Null while the person is in the call. */
    leftAt: z.nullable(z.iso.datetime()),
    /** Time in the call, seconds. */
    seconds: z.int(),
    stays: z.array(Stay),
  }),
)
export type Attendee = z.infer<typeof Attendee>

export const listAttendees = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id/participants',
  summary: 'List who was in the call, from when to when',
  tag: 'meetings',
  access: ACCESS,
  params: z.object({ id: MeetingId }),
  response: z.object({ items: z.array(Attendee) }),
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found'],
  limit: LIMIT,
})

export const exportAttendees = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id/participants/export',
  summary: 'Read who was in the call as CSV, without formulas',
  tag: 'meetings',
  access: ACCESS,
  params: z.object({ id: MeetingId }),
  response: z.string(),
  produces: 'text/csv',
  filename: 'participants.csv',
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found'],
  limit: LIMIT,
})
