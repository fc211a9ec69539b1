import { routes, type UserId } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { Principal } from '../../http/principal.ts'
import type { HostTokens } from './host-tokens.ts'
import type { MeetingOwner, StoredMeeting } from './meeting.ts'
import type { Actor, Meetings } from './meetings.ts'

export interface MeetingRoutesOptions {
  readonly meetings: Meetings
  /** For whoever makes a meeting without an account. */
  readonly hostTokens: Pick<HostTokens, 'issue'>
  /** The account of a caller. */
  readonly ownerOf: (userId: UserId) => Promise<MeetingOwner>
  /** @throws {AppError} `conflict` for a meeting without a time */
  readonly calendarOf: (meeting: StoredMeeting) => Promise<string>
  /** Writes to the audit log. */
  readonly audit: (act: {
    readonly actor: Actor
    readonly action: string
    readonly subject: { readonly id: string; readonly name: string }
    readonly address: string
  }) => Promise<void>
}

/** Serves the REST routes of meetings. */
export function bindMeetingRoutes(app: FastifyInstance, options: MeetingRoutesOptions): void {
  const { meetings, ownerOf, calendarOf, hostTokens } = options
  bindRoute(app, routes.createMeeting, async ({ caller, body }) => {
    const meeting = await meetings.create(body, caller && (await ownerOf(caller.userId)))
    return { ...meeting, hostToken: caller ? null : await hostTokens.issue(meeting.id) }
  })
  bindRoute(app, routes.listMeetings, ({ caller, query }) => meetings.list(caller.userId, query))
  bindRoute(app, routes.getMeeting, ({ caller, params }) => meetings.read(params.id, caller?.userId))
  bindRoute(app, routes.updateMeeting, ({ caller, params, body, ifMatch }) =>
    meetings.update(params.id, actorOf(caller), { ...body, ifMatch }),
  )
  bindRoute(app, routes.startMeeting, ({ caller, params }) => meetings.start(params.id, actorOf(caller)))
  bindRoute(app, routes.getMeetingCalendar, async ({ caller, params }) =>
    calendarOf(await meetings.known(params.id, caller.userId)),
  )
  bindActsOnRecord(app, options)
}

/** What the audit log has to tell. */
function bindActsOnRecord(app: FastifyInstance, { meetings, audit }: MeetingRoutesOptions): void {
  bindRoute(app, routes.cancelMeeting, async ({ caller, params, body, address }) => {
    const cancelled = await meetings.cancel(params.id, actorOf(caller), body.note)
    const subject = { id: cancelled.id, name: cancelled.title }
    await audit({ actor: actorOf(caller), action: 'meeting.cancelled', subject, address })
    return cancelled
  })
  bindRoute(app, routes.endMeeting, async ({ caller, params, address }) => {
    const ended = await meetings.end(params.id, actorOf(caller))
    const subject = { id: ended.id, name: ended.title }
    await audit({ actor: actorOf(caller), action: 'meeting.ended', subject, address })
    return ended
  })
  bindRoute(app, routes.deleteMeeting, async ({ caller, params, address }) => {
    const { id, title } = await meetings.owned(params.id, caller.userId)
    await meetings.remove(id, actorOf(caller))
    await audit({ actor: actorOf(caller), action: 'meeting.deleted', subject: { id, name: title }, address })
    return undefined
  })
}

function actorOf({ userId, name }: Principal): Actor {
  return { userId, name }
}
