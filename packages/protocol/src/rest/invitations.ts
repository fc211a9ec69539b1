import * as z from 'zod/mini'
import { MeetingId } from '../ids.ts'
import { listOf, named, textOf } from '../shapes.ts'
import { DisplayName, paragraphs } from '../text.ts'
import { InvitedRole, InviteeInput, Meeting, MeetingSchedule } from './meetings.ts'
import { pageOf, pageQuery } from './paging.ts'
import { defineRoute } from './route.ts'

const READ = { burst: 120, perMinute: 300 }
const WRITE = { burst: 30, perMinute: 60 }

export const InvitationId = z.uuid().brand<'InvitationId'>()
export type InvitationId = z.infer<typeof InvitationId>

export const InvitationStatus = z.enum(['pending', 'accepted', 'declined', 'proposed'])
export type InvitationStatus = z.infer<typeof InvitationStatus>

/** Another time that somebody proposes. */
export const TimeProposal = named('TimeProposal', MeetingSchedule)

/** An invitation as the owner of the meeting sees it. */
export const Invitation = named(
  'Invitation',
  z.object({
    id: InvitationId,
    email: z.string(),
    /** As the invited person said, or of their account. */
    name: z.nullable(z.string()),
    hasAccount: z.boolean(),
    role: InvitedRole,
    status: InvitationStatus,
    note: z.nullable(z.string()),
    proposal: z.nullable(TimeProposal),
    answeredAt: z.nullable(z.iso.datetime()),
    createdAt: z.iso.datetime(),
  }),
)
export type Invitation = z.infer<typeof Invitation>

/** An invitation as the invited person sees it. */
export const ReceivedInvitation = named(
  'ReceivedInvitation',
  z.object({
    id: InvitationId,
    email: z.string(),
    name: z.nullable(z.string()),
    role: InvitedRole,
    status: InvitationStatus,
    note: z.nullable(z.string()),
    proposal: z.nullable(TimeProposal),
    organiser: z.string(),
    meeting: Meeting,
  }),
)
export type ReceivedInvitation = z.infer<typeof ReceivedInvitation>

/** What an invited person answers. */
export const InvitationAnswer = z.discriminatedUnion('answer', [
  z.strictObject({
    answer: z.literal('accept'),
    note: z.optional(paragraphs(1000)),
    name: z.optional(DisplayName),
  }),
  z.strictObject({
    answer: z.literal('decline'),
    note: z.optional(paragraphs(1000)),
    name: z.optional(DisplayName),
  }),
  z.strictObject({
    answer: z.literal('propose'),
    proposal: TimeProposal,
    note: z.optional(paragraphs(1000)),
    name: z.optional(DisplayName),
  }),
])
export type InvitationAnswer = z.infer<typeof InvitationAnswer>

const MeetingParams = z.object({ id: MeetingId })
const InvitationParams = z.object({ id: MeetingId, invitationId: InvitationId })
const OWNED = { kind: 'meeting', rule: 'owner', param: 'id' } as const
const OF_OWNED = { kind: 'invitation', rule: 'owner', param: 'invitationId' } as const
const NOT_OWNED = ['bad_request', 'unauthorized', 'forbidden', 'meeting_not_found'] as const

export const listInvitations = defineRoute({
  method: 'GET',
  path: '/api/v1/meetings/:id/invitations',
  summary: 'List who is invited to a meeting, and their answers',
  tag: 'invitations',
  access: { callers: 'users', scope: 'meetings:read', object: OWNED },
  params: MeetingParams,
  response: z.object({ items: z.array(Invitation) }),
  status: 200,
  errors: NOT_OWNED,
  limit: READ,
})

export const invite = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings/:id/invitations',
  summary: 'Invite people; who is invited already keeps their invitation',
  tag: 'invitations',
  access: { callers: 'users', scope: 'meetings:write', object: OWNED },
  params: MeetingParams,
  body: z.strictObject({ invite: listOf(InviteeInput, 1, 100) }),
  response: z.object({ items: z.array(Invitation) }),
  status: 201,
  errors: [...NOT_OWNED, 'conflict'],
  limit: WRITE,
  idempotent: true,
})

export const updateInvitation = defineRoute({
  method: 'PATCH',
  path: '/api/v1/meetings/:id/invitations/:invitationId',
  summary: 'Change what an invited person will be in the meeting',
  tag: 'invitations',
  access: { callers: 'users', scope: 'meetings:write', object: OF_OWNED },
  params: InvitationParams,
  body: z.strictObject({ role: InvitedRole }),
  response: Invitation,
  status: 200,
  errors: [...NOT_OWNED, 'not_found'],
  limit: WRITE,
})

export const withdrawInvitation = defineRoute({
  method: 'DELETE',
  path: '/api/v1/meetings/:id/invitations/:invitationId',
  summary: 'Withdraw an invitation; the person is told, and their link ends',
  tag: 'invitations',
  access: { callers: 'users', scope: 'meetings:write', object: OF_OWNED },
  params: InvitationParams,
  response: z.undefined(),
  status: 204,
  errors: [...NOT_OWNED, 'not_found'],
  limit: WRITE,
})

export const resendInvitation = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings/:id/invitations/:invitationId/resend',
  summary: 'Send the letter of an invitation again',
  tag: 'invitations',
  access: { callers: 'users', scope: 'meetings:write', object: OF_OWNED },
  params: InvitationParams,
  response: Invitation,
  status: 200,
  errors: [...NOT_OWNED, 'not_found', 'conflict'],
  limit: { burst: 10, perMinute: 10 },
})

export const answerProposal = defineRoute({
  method: 'POST',
  path: '/api/v1/meetings/:id/invitations/:invitationId/proposal',
  summary: 'Accept another time (the meeting moves, all are told) or decline it (who proposed it is told)',
  tag: 'invitations',
  access: { callers: 'users', scope: 'meetings:write', object: OF_OWNED },
  params: InvitationParams,
  body: z.strictObject({
    answer: z.enum(['accept', 'decline']),
    note: z.optional(paragraphs(1000)),
  }),
  response: Invitation,
  status: 200,
  errors: [...NOT_OWNED, 'not_found', 'conflict'],
  limit: WRITE,
})

export const listMyInvitations = defineRoute({
  method: 'GET',
  path: '/api/v1/invitations',
  summary: 'List the own invitations to meetings to come',
  tag: 'invitations',
  access: { callers: 'users', scope: 'meetings:read' },
  query: z.object({ ...pageQuery, status: z.optional(InvitationStatus) }),
  response: pageOf(ReceivedInvitation),
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden'],
  limit: READ,
})

export const answerInvitation = defineRoute({
  method: 'POST',
  path: '/api/v1/invitations/:id/answer',
  summary: 'Answer an own invitation',
  tag: 'invitations',
  access: {
    callers: 'users',
    scope: 'meetings:write',
    // The invited person owns their answer.
    object: { kind: 'invitation', rule: 'invited', param: 'id' },
  },
  params: z.object({ id: InvitationId }),
  body: InvitationAnswer,
  response: ReceivedInvitation,
  status: 200,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'not_found', 'conflict'],
  limit: WRITE,
})

const LinkToken = textOf(20, 200)

export const sendInvitationCode = defineRoute({
  method: 'POST',
  path: '/api/v1/invitations/code',
  summary: 'Email a code to the invited address, which moves the seat of the link to another browser',
  tag: 'invitations',
  access: { callers: 'anyone' },
  body: z.strictObject({ token: LinkToken }),
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'token_invalid', 'conflict'],
  limit: { burst: 5, perMinute: 5 },
})

export const redeemInvitationCode = defineRoute({
  method: 'POST',
  path: '/api/v1/invitations/code/redeem',
  summary: 'Turn the code from the email into the proof with which a browser takes over the seat',
  tag: 'invitations',
  access: { callers: 'anyone' },
  body: z.strictObject({ token: LinkToken, code: z.string().check(z.regex(/^\d{6}$/)) }),
  response: z.object({ proof: z.string() }),
  status: 200,
  errors: ['bad_request', 'token_invalid', 'wrong_code'],
  limit: { burst: 10, perMinute: 10 },
})

export const openInvitation = defineRoute({
  method: 'POST',
  path: '/api/v1/invitations/open',
  summary: 'Read an invitation by the token of its personal link',
  tag: 'invitations',
  access: { callers: 'anyone' },
  body: z.strictObject({ token: LinkToken }),
  response: ReceivedInvitation,
  status: 200,
  errors: ['bad_request', 'token_invalid'],
  limit: { burst: 30, perMinute: 30 },
})

export const answerByLink = defineRoute({
  method: 'POST',
  path: '/api/v1/invitations/answer',
  summary: 'Answer an invitation by the token of its personal link, without an account',
  tag: 'invitations',
  access: { callers: 'anyone' },
  body: z.strictObject({ token: LinkToken, answer: InvitationAnswer }),
  response: ReceivedInvitation,
  status: 200,
  errors: ['bad_request', 'token_invalid', 'conflict'],
  limit: { burst: 20, perMinute: 20 },
})
