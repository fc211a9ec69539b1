import * as z from 'zod/mini'
import { MeetingId } from '../ids.ts'
import { named } from '../shapes.ts'
import { pageOf, pageQuery } from './paging.ts'
import { defineRoute } from './route.ts'

const LIMIT = { burst: 60, perMinute: 120 }

/** Something that an account is told in the app. */
export const Notice = named(
  'Notice',
  z.object({
    id: z.uuid(),
    kind: z.enum([
      'invited',
      'invitation_withdrawn',
      'meeting_changed',
      'meeting_cancelled',
      'meeting_starting',
      'meeting_started',
      'answered',
      'time_proposed',
      'proposal_accepted',
      'proposal_declined',
    ]),
    meetingId: z.nullable(MeetingId),
    meetingTitle: z.string(),
    /** Who did it. */
    actor: z.nullable(z.string()),
    /** More in a word: of `answered`, the answer. */
    detail: z.nullable(z.string()),
    createdAt: z.iso.datetime(),
    read: z.boolean(),
  }),
)
export type Notice = z.infer<typeof Notice>
export type NoticeKind = Notice['kind']

export const listNotices = defineRoute({
  method: 'GET',
  path: '/api/v1/users/me/notifications',
  summary: 'List what one was told, latest first',
  tag: 'users',
  access: { callers: 'users' },
  query: z.object(pageQuery),
  response: z.extend(pageOf(Notice), { unread: z.int() }),
  status: 200,
  errors: ['bad_request', 'unauthorized'],
  limit: LIMIT,
})

export const readNotices = defineRoute({
  method: 'POST',
  path: '/api/v1/users/me/notifications/read',
  summary: 'Mark everything that one was told as read',
  tag: 'users',
  access: { callers: 'users' },
  response: z.undefined(),
  status: 204,
  errors: ['unauthorized'],
  limit: LIMIT,
})
