import { routes } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { Notices } from './notices.ts'

/** Serves what accounts are told. */
export function bindNoticeRoutes(app: FastifyInstance, notices: Notices): void {
  bindRoute(app, routes.listNotices, ({ caller, query }) => notices.list(caller.userId, query))
  bindRoute(app, routes.readNotices, async ({ caller }) => {
    await notices.readAll(caller.userId)
    return undefined
  })
}
