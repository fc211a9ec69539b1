import { routes, type UserId } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { bindRoute, type RouteCall } from '../../http/bind-route.ts'
import { assertRecentSignIn } from '../../http/principal.ts'
import { AppError } from '../../platform/errors.ts'
import type { Accounts, SignIn } from './accounts.ts'
import type { Administration } from './administration.ts'
import type { ApiTokens } from './api-tokens.ts'
import { DEVICE_LIFETIME_MS } from './known-devices.ts'
import type { Sessions } from './sessions.ts'

/** What the audit log is told. */
export interface AuditAct {
  readonly actor: { readonly userId: string; readonly name: string }
  readonly action: string
  readonly subject?: { readonly id: string; readonly name: string }
  readonly address: string
}

export interface AccountRoutesOptions {
  readonly accounts: Accounts
  readonly administration: Administration
  readonly sessions: Sessions
  readonly apiTokens: ApiTokens
  /** What other features keep about a user. */
  readonly exports: Readonly<Record<string, (userId: UserId) => Promise<unknown>>>
  readonly audit: (act: AuditAct) => Promise<void>
}

/** Serves the REST routes of accounts. */
export function bindAccountRoutes(app: FastifyInstance, options: AccountRoutesOptions): void {
  bindAuthRoutes(app, options)
  bindProfileRoutes(app, options)
  bindSecurityRoutes(app, options)
  bindAdministrationRoutes(app, options)
}

type AnyCall = Pick<
  RouteCall<(typeof routes)['login']>,
  'refreshCookie' | 'deviceCookie' | 'address' | 'userAgent'
>

const deviceOf = ({ address, userAgent, deviceCookie }: AnyCall) => ({
  address,
  userAgent,
  cookie: deviceCookie.value,
})

function signedIn(
  { refreshCookie, deviceCookie }: AnyCall,
  { answer, session, device }: SignIn,
): SignIn['answer'] {
  refreshCookie.keep(session.refreshToken, session.expiresAt)
  if (device !== undefined) deviceCookie.keep(device, new Date(Date.now() + DEVICE_LIFETIME_MS))
  return answer
}

function bindAuthRoutes(app: FastifyInstance, { accounts, audit }: AccountRoutesOptions): void {
  const noted = async (action: string, call: AnyCall, { answer }: SignIn) => {
    const { id, name } = answer.user
    await audit({ actor: { userId: id, name }, action, address: call.address })
  }
  bindRoute(app, routes.register, async (call) => {
    const done = await accounts.register(call.body, deviceOf(call))
    if ('status' in done) return done
    await noted('account.created', call, done)
    return signedIn(call, done)
  })
  bindRoute(app, routes.login, async (call) => {
    const done = await accounts.login(call.body, deviceOf(call))
    await noted('account.signed_in', call, done)
    return signedIn(call, done)
  })
  bindRoute(app, routes.refresh, async (call) => {
    const { refreshCookie, address } = call
    try {
      return signedIn(call, await accounts.refresh(refreshCookie.value, address))
    } catch (error) {
      // Whatever else went wrong may go right next time, and sign nobody out.
      if (error instanceof AppError && error.code === 'unauthorized') refreshCookie.drop()
      throw error
    }
  })
  bindRoute(app, routes.logout, async ({ refreshCookie }) => {
    await accounts.logout(refreshCookie.value)
    refreshCookie.drop()
    return undefined
  })
  bindRoute(app, routes.requestPasswordReset, ({ body }) => accounts.requestReset(body.email))
  bindRoute(app, routes.resetPassword, async (call) => {
    const done = await accounts.reset(call.body.token, call.body.password, deviceOf(call))
    await noted('account.password_reset', call, done)
    return signedIn(call, done)
  })
  bindRoute(app, routes.verifyEmail, async (call) =>
    signedIn(call, await accounts.verify(call.body.token, call.body.password, deviceOf(call))),
  )
  bindRoute(app, routes.confirmSignIn, async ({ caller, body }) => {
    await accounts.confirmSignIn(caller.userId, caller.sessionId, body.password)
    return undefined
  })
  bindRoute(app, routes.requestEmailVerification, ({ caller }) => accounts.requestVerification(caller.userId))
}

function bindProfileRoutes(app: FastifyInstance, { accounts, exports }: AccountRoutesOptions): void {
  bindRoute(app, routes.getMe, ({ caller }) => accounts.read(caller.userId))
  bindRoute(app, routes.updateMe, ({ caller, body }) => accounts.update(caller.userId, body))
  bindRoute(app, routes.setAvatar, ({ caller, upload }) => accounts.setAvatar(caller.userId, upload))
  bindRoute(app, routes.deleteAvatar, ({ caller }) => accounts.setAvatar(caller.userId, null))
  bindRoute(app, routes.getAvatar, ({ params }) => accounts.avatarOf(params.id))
  bindRoute(app, routes.exportMe, async ({ caller }) => {
    const parts = Object.entries(exports).map(
      async ([name, read]) => [name, await read(caller.userId)] as const,
    )
    return { account: await accounts.read(caller.userId), ...Object.fromEntries(await Promise.all(parts)) }
  })
}

function bindSecurityRoutes(app: FastifyInstance, options: AccountRoutesOptions): void {
  const { accounts, sessions, apiTokens, audit } = options
  bindRoute(app, routes.changePassword, async ({ caller, body, address }) => {
    await accounts.changePassword(caller.userId, caller.sessionId, body)
    await audit({ actor: caller, action: 'account.password_changed', address })
    return undefined
  })
  bindRoute(app, routes.deleteMe, async ({ caller, body, refreshCookie, address }) => {
    await accounts.remove(caller.userId, body.password)
    refreshCookie.drop()
    await audit({ actor: caller, action: 'account.deleted', address })
    return undefined
  })
  bindRoute(app, routes.logoutEverywhere, async ({ caller, refreshCookie }) => {
    await sessions.endAll(caller.userId)
    refreshCookie.drop()
    return undefined
  })
  bindRoute(app, routes.listSessions, async ({ caller }) => ({
    items: await sessions.list(caller.userId, caller.sessionId),
  }))
  bindRoute(app, routes.endSession, async ({ caller, params }) => {
    await sessions.end(params.id, caller.userId)
    return undefined
  })
  bindRoute(app, routes.listApiTokens, async ({ caller }) => ({ items: await apiTokens.list(caller.userId) }))
  bindRoute(app, routes.createApiToken, async ({ caller, body, address }) => {
    const made = await apiTokens.create(caller, body)
    const { id, name } = made.apiToken
    await accounts.announceApiToken(caller.userId, name)
    await audit({ actor: caller, action: 'api_token.created', subject: { id, name }, address })
    return made
  })
  bindRoute(app, routes.revokeApiToken, async ({ caller, params }) => {
    await apiTokens.revoke(params.id, caller.userId)
    return undefined
  })
}

function bindAdministrationRoutes(
  app: FastifyInstance,
  { administration, audit }: AccountRoutesOptions,
): void {
  bindRoute(app, routes.listUsers, ({ query }) => administration.list(query))
  bindRoute(app, routes.createUser, async ({ caller, body, address }) => {
    const user = await administration.create(body)
    const subject = { id: user.id, name: user.name }
    await audit({ actor: caller, action: 'user.created', subject, address })
    return user
  })
  bindRoute(app, routes.updateUser, async ({ caller, params, body, address }) => {
    const user = await administration.update(params.id, body, () => assertRecentSignIn(caller))
    const subject = { id: user.id, name: user.name }
    const action = body.state === undefined ? 'user.changed' : `user.${body.state}`
    await audit({ actor: caller, action, subject, address })
    return user
  })
  bindRoute(app, routes.deleteUser, async ({ caller, params, address }) => {
    const { id, name } = await administration.remove(params.id, () => assertRecentSignIn(caller))
    await audit({ actor: caller, action: 'user.deleted', subject: { id, name }, address })
    return undefined
  })
}
