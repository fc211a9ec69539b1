import { randomUUID } from 'node:crypto'
import { routes, UserId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { createLogger } from '../platform/logger.ts'
import { bindRoute } from './bind-route.ts'
import { createHttpServer } from './http-server.ts'
import type { Principal } from './principal.ts'

const MINUTE_MS = 60_000
const principal = (patch: Partial<Principal>): Principal => ({
  userId: UserId.parse(randomUUID()),
  name: 'Ana',
  role: 'administrator',
  sessionId: randomUUID(),
  provedAt: new Date(),
  scopes: null,
  ...patch,
})
const session = (minutes: number) => principal({ provedAt: new Date(Date.now() - minutes * MINUTE_MS) })
const script = principal({ sessionId: null, provedAt: null, scopes: ['users:read', 'users:write'] })

/** The answer to `caller`, who changes an account in this way. */
async function change(caller: Principal, body: object) {
  const http = await createHttpServer({
    config: { publicUrl: 'http://localhost', corsOrigins: [], trustProxy: 0 },
    log: createLogger({ level: 'silent' }),
    guard: { authenticate: async () => caller, anyoneMayCreate: () => false },
    idempotency: {
      claim: async () => 'claimed',
      keep: async () => undefined,
      release: async () => undefined,
    },
    ready: () => true,
  })
  let acted = false
  bindRoute(http, routes.updateUser, () => {
    acted = true
    throw new Error('reached')
  })
  const answer = await http.inject({
    method: 'PATCH',
    url: `/api/v1/users/${randomUUID()}`,
    headers: { authorization: 'Bearer token' },
    body,
  })
  await http.close()
  return { acted, status: answer.statusCode, error: answer.json<{ error: object }>().error }
}

it('lets a recent sign-in change roles', async () => {
  expect(await change(session(14), { role: 'administrator' })).toMatchObject({ acted: true })
})

it('asks for a confirmation when the sign-in is older than 15 minutes', async () => {
  expect(await change(session(16), { role: 'administrator' })).toMatchObject({
    acted: false,
    status: 403,
    error: { code: 'recent_sign_in_required', details: { maxAgeSeconds: 900 } },
  })
})

it('refuses API tokens, whatever their scopes', async () => {
  expect(await change(script, { role: 'administrator' })).toMatchObject({
    acted: false,
    status: 403,
    error: { code: 'forbidden' },
  })
})

it('asks for nothing when no rights are granted', async () => {
  for (const caller of [session(500), script])
    expect(await change(caller, { name: 'Anna' })).toMatchObject({ acted: true })
})
