import { routes } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute } from '../../http/bind-route.ts'
import type { Settings } from './settings.ts'

export interface SettingsRoutesOptions {
  readonly settings: Settings
  readonly mailKind: 'smtp' | 'outbox'
  readonly hasUsers: () => Promise<boolean>
  readonly audit: (act: {
    readonly actor: { readonly userId: string; readonly name: string }
    readonly action: string
    readonly details: Record<string, unknown>
    readonly address: string
  }) => Promise<void>
}

/** Serves how the server is set up. */
export function bindSettingsRoutes(app: FastifyInstance, options: SettingsRoutesOptions): void {
  const { settings, mailKind, hasUsers, audit } = options
  bindRoute(app, routes.getServerInfo, async () => ({
    signUp: settings.signUp,
    whoMayCreate: settings.whoMayCreate,
    mail: mailKind,
    hasUsers: await hasUsers(),
  }))
  bindRoute(app, routes.getSettings, () => settings.read())
  bindRoute(app, routes.updateSettings, async ({ caller, body, address }) => {
    const updated = await settings.update(body)
    await audit({ actor: caller, action: 'settings.changed', details: { ...body }, address })
    return updated
  })
}
