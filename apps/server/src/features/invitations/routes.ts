import { routes } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { InvitationMeetings } from './invitation.ts'
import type { Invitations } from './invitations.ts'
import type { ReceivedInvitations } from './received-invitations.ts'

export interface InvitationRoutesOptions {
  readonly invitations: Invitations
  readonly received: ReceivedInvitations
  readonly meetings: Pick<InvitationMeetings, 'owned'>
}

/** Serves the REST routes of invitations. */
export function bindInvitationRoutes(
  app: FastifyInstance,
  { invitations, received, meetings }: InvitationRoutesOptions,
): void {
  bindRoute(app, routes.listInvitations, async ({ caller, params }) => ({
    items: await invitations.list(params.id, caller.userId),
  }))
  bindRoute(app, routes.invite, async ({ caller, params, body }) => {
    const meeting = await meetings.owned(params.id, caller.userId)
    return { items: await invitations.invite(meeting, body.invite) }
  })
  bindRoute(app, routes.updateInvitation, ({ caller, params, body }) =>
    invitations.setRole(params.id, params.invitationId, { actor: caller, role: body.role }),
  )
  bindRoute(app, routes.withdrawInvitation, async ({ caller, params }) => {
    await invitations.withdraw(params.id, params.invitationId, caller)
    return undefined
  })
  bindRoute(app, routes.resendInvitation, ({ caller, params }) =>
    invitations.resend(params.id, params.invitationId, caller),
  )
  bindRoute(app, routes.answerProposal, ({ caller, params, body }) =>
    invitations.answerProposal(params.id, params.invitationId, { ...body, actor: caller }),
  )
  bindRoute(app, routes.listMyInvitations, ({ caller, query }) => received.received(caller.userId, query))
  bindRoute(app, routes.answerInvitation, ({ caller, params, body }) =>
    received.answer(params.id, caller, body),
  )
  bindRoute(app, routes.openInvitation, ({ body }) => received.open(body.token))
  bindRoute(app, routes.sendInvitationCode, async ({ body }) => {
    await received.sendCode(body.token)
    return undefined
  })
  bindRoute(app, routes.redeemInvitationCode, async ({ body }) => ({
    proof: await received.redeemCode(body.token, body.code),
  }))
  bindRoute(app, routes.answerByLink, ({ body }) => received.answerByLink(body.token, body.answer))
}
