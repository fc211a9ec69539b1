import { afterEach, expect, it, vi } from 'vitest'
import { createLogger } from '../platform/logger.ts'
import { createHttpServer } from './http-server.ts'

afterEach(() => vi.useRealTimers())

async function serverWith(parts: { ready: () => Promise<boolean>; alive?: () => boolean }) {
  const { ready, alive = () => true } = parts
  return createHttpServer({
    config: { publicUrl: 'http://localhost:3000', corsOrigins: [], trustProxy: 0 },
    log: createLogger({ level: 'silent' }),
    guard: { authenticate: async () => null, anyoneMayCreate: () => true },
    idempotency: {} as never,
    ready,
    alive,
  })
}

it('answers 503 with a sentence when a route does not answer', async () => {
  const app = await serverWith({ ready: () => new Promise<boolean>(() => undefined) })
  vi.useFakeTimers()
  const answering = app.inject('/readyz')
  await vi.advanceTimersByTimeAsync(21_000)
  const { statusCode, json } = await answering
  expect(statusCode).toBe(503)
  expect(json()).toMatchObject({
    error: { code: 'unavailable', message: 'The server took too long to answer. Try again in a moment.' },
  })
  vi.useRealTimers()
  await app.close()
})

it('answers 503 to the health check when only a restart helps', async () => {
  let isAlive = true
  const app = await serverWith({ ready: async () => true, alive: () => isAlive })
  expect((await app.inject('/healthz')).statusCode).toBe(200)
  isAlive = false
  const { statusCode, json } = await app.inject('/healthz')
  expect(statusCode).toBe(503)
  expect(json()).toMatchObject({ error: { code: 'unavailable' } })
  await app.close()
})
