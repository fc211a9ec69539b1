import { routes } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { Templates } from './templates.ts'

/** Serves templates of meetings. */
export function bindTemplateRoutes(app: FastifyInstance, templates: Templates): void {
  bindRoute(app, routes.listTemplates, async ({ caller }) => ({ items: await templates.list(caller) }))
  bindRoute(app, routes.createTemplate, ({ caller, body }) => templates.create(caller, body))
  bindRoute(app, routes.updateTemplate, ({ caller, params, body }) =>
    templates.update(params.id, caller, body),
  )
  bindRoute(app, routes.deleteTemplate, async ({ caller, params }) => {
    await templates.remove(params.id, caller)
    return undefined
  })
}
