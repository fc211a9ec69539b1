import { routes } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { Audit } from './audit.ts'

/** Serves the audit log. */
export function bindAuditRoutes(app: FastifyInstance, audit: Audit): void {
  bindRoute(app, routes.listAudit, ({ query }) => audit.list(query))
}
