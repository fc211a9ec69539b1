import { routes } from '@video-meet/protocol'
import { expect, it, onTestFinished } from 'vitest'
import { AppError } from '../platform/errors.ts'
import { createLogger } from '../platform/logger.ts'
import { bindRoute } from './bind-route.ts'
import { createHttpServer } from './http-server.ts'

async function server() {
  const app = await createHttpServer({
    config: { publicUrl: 'http://localhost:3000', corsOrigins: [], trustProxy: 0 },
    log: createLogger({ level: 'silent' }),
    guard: { authenticate: async () => null, anyoneMayCreate: () => true },
    idempotency: {} as never,
    ready: () => true,
  })
  onTestFinished(() => app.close())
  bindRoute(app, routes.login, () => {
    throw new Error('no request gets this far')
  })
  return app
}

const headersOf = (type: string) => ({ 'content-type': type, origin: 'http://localhost:3000' })

it.each(['image/png', 'text/plain', 'application/xml', 'multipart/form-data; boundary=x'])(
  'answers 415 with its own code to %s, and briefly',
  async (type) => {
    const app = await server()
    const payload = Buffer.alloc(90_000, 'x')
    const answer = await app.inject({
      method: 'POST',
      url: routes.login.path,
      headers: headersOf(type),
      payload,
    })
    expect(answer.statusCode).toBe(415)
    expect(answer.json()).toMatchObject({ error: { code: 'unsupported_content_type' } })
    expect(answer.body.length).toBeLessThan(500)
  },
)

it('answers briefly to a body with thousands of unknown keys', async () => {
  const app = await server()
  const payload = JSON.stringify(Object.fromEntries(Array.from({ length: 6000 }, (_, i) => [`k${i}`, i])))
  const headers = headersOf('application/json')
  const answer = await app.inject({ method: 'POST', url: routes.login.path, headers, payload })
  expect(answer.statusCode).toBe(400)
  expect(answer.body.length).toBeLessThan(10_000)
})

it('answers 405 with its own code to a method that an address does not know', async () => {
  const app = await server()
  const headers = { origin: 'http://localhost:3000' }
  const answer = await app.inject({ method: 'DELETE', url: routes.login.path, headers })
  expect(answer.statusCode).toBe(405)
  expect(answer.json()).toMatchObject({ error: { code: 'method_not_allowed' } })
})

it('says in a header when to try again', async () => {
  const app = await server()
  bindRoute(app, routes.requestPasswordReset, () => {
    throw new AppError('rate_limited', 'Wait.', { details: { retryAfterSeconds: 7 } })
  })
  const headers = headersOf('application/json')
  const payload = JSON.stringify({ email: 'ana@example.org' })
  const url = routes.requestPasswordReset.path
  const answer = await app.inject({ method: 'POST', url, headers, payload })
  expect(answer.statusCode).toBe(429)
  expect(answer.headers['retry-after']).toBe('7')
})
