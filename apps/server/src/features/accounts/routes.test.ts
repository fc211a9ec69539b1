import { randomUUID } from 'node:crypto'
import { routes, UserId } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { createHttpServer } from '../../http/http-server.ts'
import { AppError } from '../../platform/errors.ts'
import { createLogger } from '../../platform/logger.ts'
import type { Accounts, SignIn } from './accounts.ts'
import { type AccountRoutesOptions, bindAccountRoutes } from './routes.ts'

const EXPIRES = new Date(Date.now() + 86_400_000)
const SIGN_IN: SignIn = {
  answer: {
    status: 'signed_in',
    accessToken: 'access',
    expiresIn: 600,
    user: {
      id: UserId.parse(randomUUID()),
      email: 'ana@example.org',
      emailVerified: true,
      name: 'Ana',
      language: 'en',
      timeZone: 'UTC',
      role: 'user',
      avatar: null,
      createdAt: '2026-03-04T05:06:07.089Z',
    },
  },
  session: { id: randomUUID(), userId: UserId.parse(randomUUID()), refreshToken: 'next', expiresAt: EXPIRES },
}

async function openServer(publicUrl: string) {
  return createHttpServer({
    config: { publicUrl, corsOrigins: [], trustProxy: 0 },
    log: createLogger({ level: 'silent' }),
    guard: { authenticate: async () => null, anyoneMayCreate: () => false },
    idempotency: {
      claim: async () => 'claimed',
      keep: async () => undefined,
      release: async () => undefined,
    },
    ready: () => true,
  })
}

/** The answer to a browser with the cookie `old`, and the token that the server looked at. */
async function refreshed(refresh: () => Promise<SignIn>, publicUrl = 'https://meet.example.org') {
  const seen: unknown[] = []
  const http = await openServer(publicUrl)
  const accounts = {
    refresh: (token: unknown) => {
      seen.push(token)
      return refresh()
    },
  } as unknown as Accounts
  bindAccountRoutes(http, { accounts } as unknown as AccountRoutesOptions)
  const { path, method } = routes.refresh
  const answer = await http.inject({
    method,
    url: path,
    cookies: { '__Host-rt': 'old', rt: 'old plain' },
    headers: { origin: publicUrl },
  })
  await http.close()
  return { status: answer.statusCode, body: answer.json<unknown>(), cookies: answer.cookies, seen }
}

describe('the cookie of who is signed in', () => {
  it('is replaced by its successor, out of reach of scripts and other sites', async () => {
    const { status, body, cookies, seen } = await refreshed(async () => SIGN_IN)
    expect(status).toBe(200)
    expect(body).toEqual(SIGN_IN.answer)
    expect(JSON.stringify(body)).not.toContain('next')
    expect(seen).toEqual(['old'])
    expect(cookies).toEqual([
      {
        name: '__Host-rt',
        value: 'next',
        path: '/',
        httpOnly: true,
        secure: true,
        sameSite: 'Strict',
        expires: expect.any(Date),
      },
    ])
  })

  it('is a plain one where there is no HTTPS', async () => {
    const { cookies, seen } = await refreshed(async () => SIGN_IN, 'http://localhost:3000')
    expect(seen).toEqual(['old plain'])
    expect(cookies).toMatchObject([{ name: 'rt', value: 'next', httpOnly: true }])
    expect(cookies[0]).not.toHaveProperty('secure')
  })

  it('goes when the session is over', async () => {
    const { status, cookies } = await refreshed(() => Promise.reject(new AppError('unauthorized', 'Over.')))
    expect(status).toBe(401)
    expect(cookies).toMatchObject([{ name: '__Host-rt', value: '' }])
  })

  it.each([
    ['the server failed', new Error('no database'), 500],
    ['the server is busy', new AppError('unavailable', 'Busy.'), 503],
  ])('stays when %s', async (_, error, expected) => {
    const { status, cookies } = await refreshed(() => Promise.reject(error))
    expect(status).toBe(expected)
    expect(cookies).toEqual([])
  })
})

describe('the cookie of a device', () => {
  it('tells the server which browser signs in, and is renewed with each sign-in', async () => {
    const http = await openServer('https://meet.example.org')
    const devices: unknown[] = []
    const accounts = {
      login: async (_: unknown, { cookie }: { cookie?: string }) => {
        devices.push(cookie)
        return { ...SIGN_IN, device: 'known from now on' }
      },
    } as unknown as Accounts
    bindAccountRoutes(http, { accounts, audit: async () => undefined } as unknown as AccountRoutesOptions)
    const { path, method } = routes.login
    const answer = await http.inject({
      method,
      url: path,
      cookies: { '__Host-device': 'known before' },
      headers: { origin: 'https://meet.example.org' },
      body: { email: 'ana@example.org', password: 'correct horse' },
    })
    await http.close()
    expect(answer.statusCode).toBe(200)
    expect(devices).toEqual(['known before'])
    const cookie = answer.cookies.find(({ name }) => name === '__Host-device')
    expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Strict' })
    expect(cookie?.expires?.getTime()).toBeGreaterThan(Date.now() + 360 * 86_400_000)
  })
})
