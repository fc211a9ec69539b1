import * as z from 'zod/mini'
import { MeetingId } from '../ids.ts'
import { MeetingCode } from '../meeting-code.ts'
import { named, withExample } from '../shapes.ts'
import { lineOfText } from '../text.ts'
import { defineRoute } from './route.ts'

export const MeetingTitle = lineOfText(120)

/** The durable record of a meeting. */
export const Meeting = named(
  'Meeting',
  z.object({
    id: MeetingId,
    code: MeetingCode,
    title: z.string(),
    createdAt: z.iso.datetime(),
    /** Address that people open to join. */
    link: z.url(),
  }),
)
export type Meeting = z.infer<typeof Meeting>

export const createMeeting = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings',
  summary: 'Create a meeting',
  tag: 'meetings',
  body: z.strictObject({
    title: withExample(z.optional(MeetingTitle), 'Weekly planning'),
  }),
  response: Meeting,
  status: 201,
  errors: ['bad_request', 'unauthorized', 'rate_limited'],
  limit: { burst: 10, perMinute: 20 },
})

export const getMeeting = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id',
  summary: 'Read a meeting by its id or its code',
  tag: 'meetings',
  params: z.object({ id: z.union([MeetingId, MeetingCode]) }),
  response: Meeting,
  status: 200,
  errors: ['bad_request', 'meeting_not_found', 'rate_limited'],
  limit: { burst: 30, perMinute: 30 },
})
