/*
 * Tokens that are no good, at every door that asks for one.
 */
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type Route, type RouteName, routes } from '@video-meet/protocol'
import { SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { createGuestTokens } from '../../src/features/meetings/guest-tokens.ts'
import { derivedKey } from '../../src/platform/derived-key.ts'
import { createResumeTokens } from '../../src/room/resume-token.ts'
import { callRoute, register } from '../lib/people.ts'
import { startTestApp, type TestApp } from '../lib/test-app.ts'

const list = Object.entries(routes) as [RouteName, Route][]
/** Every route that looks at a token. */
const protectedRoutes = list.filter(
  ([, { access }]) => access.callers !== 'anyone' || access.scope !== undefined,
)
const ID = '3f0b8a52-9d0e-4c57-8a53-0d1f6e6f7a10'

const secretOf = async (app: TestApp) =>
  new Uint8Array(
    Buffer.from((await readFile(path.join(app.dataDir, 'secret-key'), 'utf8')).trim(), 'base64url'),
  )

const base64url = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

async function forgeries(app: TestApp): Promise<Record<string, string>> {
  const ana = await register(app.url, 'Ana', routes.register)
  const ben = await register(app.url, 'Ben', routes.register)
  const secret = await secretOf(app)
  const key = derivedKey(secret, 'access tokens')
  const [header = '', payload = '', signature = ''] = ana.token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const now = Math.floor(Date.now() / 1000)
  const signed = (change: object, head: object = {}, by: Uint8Array = key) => {
    const text = `${base64url({ alg: 'HS256', typ: 'at+jwt', ...head })}.${base64url({ ...claims, ...change })}`
    return `${text}.${createHmac('sha256', by).update(text).digest('base64url')}`
  }
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const withoutClaim = (name: string) => signed({ [name]: undefined })
  const jwt = (alg: string, by: Parameters<SignJWT['sign']>[0]) =>
    new SignJWT(claims).setProtectedHeader({ alg, typ: 'at+jwt' }).sign(by)
  return {
    'no algorithm': `${base64url({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    'no algorithm, but a signature': `${base64url({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`,
    'HS384 with the right key': await jwt('HS384', new Uint8Array([...key, ...key])),
    'HS512 with the right key': await jwt('HS512', new Uint8Array([...key, ...key])),
    'RS256 with a key of its own': await jwt('RS256', privateKey),
    'HS256 with a public key': signed(
      {},
      {},
      new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })),
    ),
    'another key': signed({}, {}, new Uint8Array(randomBytes(32))),
    "the server's secret itself": signed({}, {}, secret),
    'the key for guests': signed({}, {}, derivedKey(secret, 'guests')),
    'another issuer': signed({ iss: 'elsewhere' }),
    'another audience': signed({ aud: 'guest' }),
    'another type': signed({}, { typ: 'JWT' }),
    'no type': signed({}, { typ: undefined }),
    ended: signed({ iat: now - 1200, exp: now - 600 }),
    'good for too long': signed({ iat: now - 3600, exp: now + 3600 }),
    'from the future': signed({ iat: now + 3600, exp: now + 7200 }),
    'without exp': withoutClaim('exp'),
    'without iat': withoutClaim('iat'),
    'without jti': withoutClaim('jti'),
    'without sub': withoutClaim('sub'),
    'without sid': withoutClaim('sid'),
    'a header that brings its key': signed({}, { jwk: { kty: 'oct', k: 'AAAA' } }),
    'a header that names where its key is': signed({}, { jku: 'https://evil.example/keys' }),
    'a header that names a key': signed({}, { kid: '../../dev/null' }),
    'a header with crit': signed({}, { crit: ['exp'] }),
    'another person in it': `${header}.${base64url({ ...claims, sub: ben.user.id })}.${signature}`,
    'the session of another person': signed({ sub: ben.user.id }),
    'a session that never was': signed({ sid: randomUUID() }),
    'a signature cut short': ana.token.slice(0, -4),
    'a resume token': await createResumeTokens(secret).issue(ID as never, {
      participantId: ID as never,
      serial: 1,
    }),
    'a guest token': (await createGuestTokens(derivedKey(secret, 'guests')).recognise(undefined)).token,
    'a refresh token': ana.cookie.slice(ana.cookie.indexOf('=') + 1),
    'an API token that never was': `vmt_${randomBytes(32).toString('base64url')}`,
    nonsense: 'x'.repeat(200),
  }
}

/** Tokens that were good once. */
async function endedTokens(app: TestApp): Promise<Record<string, string>> {
  const { url } = app
  const admin = await register(url, 'Admin', routes.register)
  const people = {
    'of a session that was signed out': await register(url, 'Out', routes.register),
    'of an account that was disabled': await register(url, 'Disabled', routes.register),
    'of an account that was deleted': await register(url, 'Deleted', routes.register),
    'of a session from before the password was changed': await register(url, 'Changed', routes.register),
  }
  const scripted = await register(url, 'Script', routes.register)
  const body = { name: 'x', scopes: ['meetings:read', 'meetings:write', 'profile:read'] }
  const made = (await callRoute(url, routes.createApiToken, { body, token: scripted.token })).body as {
    token: string
    apiToken: { id: string }
  }
  const out = people['of a session that was signed out']
  await callRoute(url, routes.logout, { cookie: out.cookie })
  const [disabled, deleted] = [
    people['of an account that was disabled'],
    people['of an account that was deleted'],
  ]
  const byAdmin = { token: admin.token }
  await callRoute(url, routes.updateUser, {
    ...byAdmin,
    params: { id: disabled.user.id },
    body: { state: 'disabled' },
  })
  await callRoute(url, routes.deleteUser, { ...byAdmin, params: { id: deleted.user.id } })
  const changed = people['of a session from before the password was changed']
  const other = await callRoute(url, routes.login, {
    body: { email: changed.email, password: changed.password },
  })
  await callRoute(url, routes.changePassword, {
    token: (other.body as { accessToken: string }).accessToken,
    body: { currentPassword: changed.password, newPassword: 'quite another long password' },
  })
  const params = { id: made.apiToken.id }
  const revoked = await callRoute(url, routes.revokeApiToken, { params, token: scripted.token })
  expect(revoked.status).toBe(204)
  const tokens = Object.entries(people).map(([name, { token }]) => [name, token] as const)
  return { ...Object.fromEntries(tokens), 'an API token that was revoked': made.token }
}

/** The first account is the administrator's, who is needed for some of them. */
async function badTokens(app: TestApp): Promise<Record<string, string>> {
  const ended = await endedTokens(app)
  return { ...ended, ...(await forgeries(app)) }
}

it('a token that is no good opens no door', { timeout: 120_000 }, async () => {
  const app = await startTestApp({ limitFactor: 1000 })
  const bad = await badTokens(app)
  const accepted: string[] = []
  for (const [kind, token] of Object.entries(bad)) {
    for (const [name, route] of protectedRoutes) {
      const body = route.body ? {} : undefined
      const { status } = await callRoute(app.url, route, {
        token,
        body,
        params: { id: ID, invitationId: ID },
      })
      if (status !== 401) accepted.push(`${name} with ${kind}: ${status}`)
    }
  }
  const { length } = Object.keys(bad)
  process.stdout.write(
    `tokens: ${length} kinds at ${protectedRoutes.length} routes, ${accepted.length} accepted\n`,
  )
  expect(length).toBeGreaterThan(30)
  expect(accepted).toEqual([])
})

it('a token that is no good opens no call', { timeout: 60_000 }, async () => {
  const app = await startTestApp({ limitFactor: 1000 })
  const meeting = await app.createMeeting()
  const bad = await badTokens(app)
  for (const [kind, accessToken] of Object.entries(bad)) {
    const peer = await app.connect()
    const refused = peer.request('room.join', {
      code: meeting.code,
      name: 'Eve',
      rtpCapabilities: { codecs: [] },
      accessToken,
    })
    const code = await refused.then(
      () => 'let in',
      (error: { code: string }) => error.code,
    )
    expect(`${kind}: ${code}`).toBe(`${kind}: unauthorized`)
    peer.close()
  }
})

it('a token that is good opens them', async () => {
  const app = await startTestApp()
  const ana = await register(app.url, 'Ana', routes.register)
  expect(await callRoute(app.url, routes.getMe, { token: ana.token })).toMatchObject({ status: 200 })
  expect(await callRoute(app.url, routes.listUsers, { token: ana.token })).toMatchObject({ status: 200 })
})
