import { routes, type RtpCapabilities } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from './bind-route.ts'

/** Tells clients before they join what the SFU takes. */
export function bindRtcRoutes(app: FastifyInstance, routerRtpCapabilities: RtpCapabilities): void {
  bindRoute(app, routes.getRtcCapabilities, () => ({ routerRtpCapabilities }))
}
