import * as z from 'zod/mini'
import { MeetingId } from '../ids.ts'
import { MeetingCode } from '../meeting-code.ts'
import { list, named, text, textOf, whole, withExample } from '../shapes.ts'
import { lineOfText, paragraphs } from '../text.ts'
import { pageOf, pageQuery } from './paging.ts'
import { EmailAddress, TimeZone } from './people.ts'
import { MeetingPolicy, PolicyChange } from './policy.ts'
import { defineRoute } from './route.ts'

export const MeetingTitle = lineOfText(120)
const READ = { burst: 120, perMinute: 300 }
const WRITE = { burst: 30, perMinute: 60 }
const IdParams = z.object({ id: MeetingId })

/** When a meeting is; `recurrence` makes it come again. */
export const MeetingSchedule = named(
  'MeetingSchedule',
  z.strictObject({
    startsAt: withExample(z.iso.datetime(), '2026-12-01T08:00:00.000Z'),
    durationMinutes: withExample(whole(5, 1440), 45),
    /** The zone in which the meeting keeps its time of day through the year. */
    timeZone: TimeZone,
    /** RRULE of RFC 5545 without DTSTART. */
    recurrence: withExample(z.optional(textOf(1, 300)), 'FREQ=WEEKLY;BYDAY=TU;COUNT=10'),
  }),
)
export type MeetingSchedule = z.infer<typeof MeetingSchedule>

/**
 * - `open`: one can join (from the time on that the policy allows)
 * - `live`: someone is in it
 * - `ended`: it is over
 * - `cancelled`: it will not be
 */
export const MeetingState = z.enum(['open', 'live', 'ended', 'cancelled'])
export type MeetingState = z.infer<typeof MeetingState>

/** What somebody is in a meeting before it begins. */
export const InvitedRole = z.enum(['moderator', 'presenter', 'participant', 'observer'])
export type InvitedRole = z.infer<typeof InvitedRole>

/** What only those who belong to a meeting see. */
export const MeetingDetails = named(
  'MeetingDetails',
  z.object({
    description: z.string(),
    agenda: z.string(),
    policy: MeetingPolicy,
    /** What the reader is in this meeting. */
    relation: z.enum(['owner', 'invited']),
    organiser: z.nullable(z.string()),
    /** Of the invitation of the reader. */
    answer: z.nullable(z.enum(['pending', 'accepted', 'declined', 'proposed'])),
    /** Start of the occurrence that is on or comes next; of a past meeting, of the last. */
    nextStartsAt: z.nullable(z.iso.datetime()),
    startedAt: z.nullable(z.iso.datetime()),
    endedAt: z.nullable(z.iso.datetime()),
    updatedAt: z.iso.datetime(),
    version: z.int(),
  }),
)
export type MeetingDetails = z.infer<typeof MeetingDetails>

/** The durable record of a meeting. */
export const Meeting = named(
  'Meeting',
  z.object({
    id: MeetingId,
    code: MeetingCode,
    /** Of a meeting for invited people, strangers get to see no more than that it is private. */
    title: z.string(),
    state: MeetingState,
    createdAt: z.iso.datetime(),
    /** Address that people open to join. */
    link: z.url(),
    schedule: z.nullable(MeetingSchedule),
    /** Whether one has to say a password to join. */
    hasPassword: z.boolean(),
    /** Who may join, so that a stranger can be told before trying. */
    join: MeetingPolicy.shape.join,
    /** Who has to wait at this moment, and whether nobody gets in at all. */
    waitingRoom: MeetingPolicy.shape.waitingRoom,
    locked: z.boolean(),
    /** Null for those who do not belong to it. */
    details: z.nullable(MeetingDetails),
  }),
)
export type Meeting = z.infer<typeof Meeting>

/** A meeting that was just made. */
export const CreatedMeeting = named(
  'CreatedMeeting',
  z.extend(Meeting, {
    /** With which whoever made it without an account joins as its host; null for accounts. */
    hostToken: z.nullable(z.string()),
  }),
)
export type CreatedMeeting = z.infer<typeof CreatedMeeting>

/** Someone to invite. */
export const InviteeInput = z.strictObject({
  email: EmailAddress,
  role: z.optional(InvitedRole),
})

const Description = paragraphs(4000)
const MeetingPassword = textOf(1, 128)

export const createMeeting = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings',
  summary: 'Create a meeting, now or at a time',
  tag: 'meetings',
  access: { callers: 'creators', scope: 'meetings:write' },
  body: z.strictObject({
    title: withExample(z.optional(MeetingTitle), 'Weekly planning'),
    description: z.optional(Description),
    agenda: z.optional(Description),
    schedule: z.optional(MeetingSchedule),
    /** What is not said otherwise comes from this template. */
    templateId: z.optional(text(64)),
    policy: z.optional(PolicyChange),
    password: z.optional(MeetingPassword),
    /** Only users may invite. */
    invite: z.optional(list(InviteeInput, 100)),
  }),
  response: CreatedMeeting,
  status: 201,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'not_found', 'conflict'],
  limit: { burst: 10, perMinute: 20 },
  idempotent: true,
})

export const getMeeting = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id',
  summary: 'Read a meeting by its id or its code',
  tag: 'meetings',
  access: {
    callers: 'anyone',
    scope: 'meetings:read',
    object: { kind: 'meeting', rule: 'anyone', param: 'id' },
  },
  params: z.object({ id: z.union([MeetingId, MeetingCode]) }),
  response: Meeting,
  status: 200,
  errors: ['bad_request', 'meeting_not_found'],
  limit: { burst: 30, perMinute: 30 },
  versioned: true,
})

/** A meeting in a list. */
export const MeetingListItem = named(
  'MeetingListItem',
  z.object({
    id: MeetingId,
    code: MeetingCode,
    title: z.string(),
    state: MeetingState,
    link: z.url(),
    schedule: z.nullable(MeetingSchedule),
    nextStartsAt: z.nullable(z.iso.datetime()),
    /** Scheduled start, or creation of a meeting without one: what the list is sorted by. */
    at: z.iso.datetime(),
    relation: MeetingDetails.shape.relation,
    organiser: z.nullable(z.string()),
    answer: MeetingDetails.shape.answer,
  }),
)
export type MeetingListItem = z.infer<typeof MeetingListItem>

export const listMeetings = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings',
  summary:
    'List the own meetings and those one is invited to: upcoming from the next on, past from the last back',
  tag: 'meetings',
  access: { callers: 'users', scope: 'meetings:read' },
  query: z.object({
    ...pageQuery,
    when: withExample(z.optional(z.enum(['upcoming', 'past'])), 'upcoming'),
    /** In the title, in any case. */
    search: z.optional(text(100)),
  }),
  response: pageOf(MeetingListItem),
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden'],
  limit: READ,
})

const OWNED = { kind: 'meeting', rule: 'owner', param: 'id' } as const

export const updateMeeting = defineRoute({
  method: 'PATCH',
  path: '/api/v1/meetings/:id',
  summary: 'Change a meeting; those invited are told what concerns them',
  tag: 'meetings',
  access: { callers: 'users', scope: 'meetings:write', object: OWNED },
  params: IdParams,
  body: z.strictObject({
    title: z.optional(MeetingTitle),
    description: z.optional(Description),
    agenda: z.optional(Description),
    /** Null makes it a meeting without a time. */
    schedule: z.optional(z.nullable(MeetingSchedule)),
    policy: z.optional(PolicyChange),
    /** Null removes it. */
    password: z.optional(z.nullable(MeetingPassword)),
  }),
  response: Meeting,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found', 'conflict', 'version_changed'],
  limit: WRITE,
  versioned: true,
})

export const deleteMeeting = defineRoute({
  method: 'DELETE',
  path: '/api/v1/meetings/:id',
  summary: 'Delete a meeting with everything that belongs to it; those invited to one to come are told',
  tag: 'meetings',
  access: { callers: 'users', scope: 'meetings:write', object: OWNED },
  params: IdParams,
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found'],
  limit: WRITE,
})

export const cancelMeeting = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings/:id/cancel',
  summary: 'Cancel a meeting and tell those invited',
  tag: 'meetings',
  access: { callers: 'users', scope: 'meetings:write', object: OWNED },
  params: IdParams,
  body: z.strictObject({ note: z.optional(paragraphs(1000)) }),
  response: Meeting,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found', 'conflict'],
  limit: WRITE,
  versioned: true,
})

export const startMeeting = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings/:id/start',
  summary: 'Open a meeting before its time, or again after its end',
  tag: 'meetings',
  access: { callers: 'users', scope: 'meetings:write', object: OWNED },
  params: IdParams,
  response: Meeting,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found', 'conflict'],
  limit: WRITE,
  versioned: true,
})

export const endMeeting = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings/:id/end',
  summary: 'End a meeting for everyone',
  tag: 'meetings',
  access: { callers: 'users', scope: 'meetings:write', object: OWNED },
  params: IdParams,
  response: Meeting,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found', 'conflict'],
  limit: WRITE,
  versioned: true,
})

export const getMeetingCalendar = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id/calendar',
  summary: 'Read a scheduled meeting as an iCalendar file',
  tag: 'meetings',
  access: {
    callers: 'users',
    scope: 'meetings:read',
    object: { kind: 'meeting', rule: 'member', param: 'id' },
  },
  params: IdParams,
  response: z.string(),
  produces: 'text/calendar',
  filename: 'meeting.ics',
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found', 'conflict'],
  limit: READ,
})
