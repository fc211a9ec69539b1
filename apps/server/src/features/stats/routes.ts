import { type MeetingId, routes, type UserId } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { QualityLog } from './quality-log.ts'

export interface StatsRoutesOptions {
  readonly qualities: Pick<QualityLog, 'summaryOf'>
  /** @throws {AppError} `meeting_not_found` unless the user owns it */
  readonly assertOwned: (id: MeetingId, userId: UserId) => Promise<unknown>
}

/** Serves how everyone was connected. */
export function bindStatsRoutes(app: FastifyInstance, { qualities, assertOwned }: StatsRoutesOptions): void {
  bindRoute(app, routes.listQuality, async ({ caller, params }) => {
    await assertOwned(params.id, caller.userId)
    return { items: await qualities.summaryOf(params.id) }
  })
}
