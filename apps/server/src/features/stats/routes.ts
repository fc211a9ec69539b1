import { type MeetingId, routes, type UserId } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { CallQualities } from './call-qualities.ts'

export interface StatsRoutesOptions {
  readonly calls: Pick<CallQualities, 'list' | 'exportCsv'>
  /** @throws {AppError} `meeting_not_found` unless the user owns it */
  readonly assertOwned: (id: MeetingId, userId: UserId) => Promise<unknown>
}

/** Serves how everyone was connected. */
export function bindStatsRoutes(app: FastifyInstance, { calls, assertOwned }: StatsRoutesOptions): void {
  bindRoute(app, routes.listQuality, async ({ caller, params, query }) => {
    await assertOwned(params.id, caller.userId)
    return calls.list(params.id, query)
  })
  bindRoute(app, routes.exportQuality, async ({ caller, params }) => {
    await assertOwned(params.id, caller.userId)
    return calls.exportCsv(params.id)
  })
}
