import { routes } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { Meetings } from './meetings.ts'

/** Serves the REST routes of meetings. */
export function bindMeetingRoutes(app: FastifyInstance, meetings: Meetings): void {
  bindRoute(app, routes.createMeeting, ({ body }) => meetings.create(body))
  bindRoute(app, routes.getMeeting, ({ params }) => meetings.find(params.id))
}
