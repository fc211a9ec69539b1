/*
 * Tokens that are no good, at every door that asks for one.
 */
import { createHmac, generateKeyPairSync, randomBytes, randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { InvitationId, Meeting, type Route, type RouteName, routes, TokenScope } from '@video-meet/protocol'
import { SignJWT } from 'jose'
import { expect, it } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { openDatabase } from '../../src/db/database.ts'
import { ApiTokenRecord } from '../../src/db/entities/api-token-record.ts'
import { createInvitationLinks } from '../../src/features/invitations/invitation-links.ts'
import { createGuestTokens } from '../../src/features/meetings/guest-tokens.ts'
import { createHostTokens } from '../../src/features/meetings/host-tokens.ts'
import { derivedKey } from '../../src/platform/derived-key.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { createResumeTokens } from '../../src/room/resume-token.ts'
import { callRoute, register, type Somebody } from '../lib/people.ts'
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

/** A pen that writes tokens of `whom` exactly as the server does, but for what is asked of it. */
function forger({ token }: Somebody, key: Uint8Array) {
  const payload = token.split('.')[1] ?? ''
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>
  const signed = (change: object, head: object = {}, { by = key, hash = 'sha256' } = {}) => {
    const text = `${base64url({ alg: 'HS256', typ: 'at+jwt', ...head })}.${base64url({ ...claims, ...change })}`
    return `${text}.${createHmac(hash, by).update(text).digest('base64url')}`
  }
  return { claims, signed }
}

async function forgeries(app: TestApp): Promise<Record<string, string>> {
  const ana = await register(app.url, 'Ana', routes.register)
  const ben = await register(app.url, 'Ben', routes.register)
  const secret = await secretOf(app)
  const [header = '', payload = '', signature = ''] = ana.token.split('.')
  const { claims, signed } = forger(ana, derivedKey(secret, 'access tokens'))
  const now = Math.floor(Date.now() / 1000)
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const withoutClaim = (name: string) => signed({ [name]: undefined })
  const jwt = (alg: string, by: Parameters<SignJWT['sign']>[0]) =>
    new SignJWT(claims).setProtectedHeader({ alg, typ: 'at+jwt' }).sign(by)
  return {
    'no algorithm': `${base64url({ alg: 'none', typ: 'at+jwt' })}.${payload}.`,
    'no algorithm, but a signature': `${base64url({ alg: 'none', typ: 'at+jwt' })}.${payload}.${signature}`,
    'HS384 with the right key': signed({}, { alg: 'HS384' }, { hash: 'sha384' }),
    'HS512 with the right key': signed({}, { alg: 'HS512' }, { hash: 'sha512' }),
    'HS256 that calls itself RS256': signed({}, { alg: 'RS256' }),
    'RS256 with a key of its own': await jwt('RS256', privateKey),
    'HS256 with a public key': signed(
      {},
      {},
      { by: new Uint8Array(publicKey.export({ type: 'spki', format: 'der' })) },
    ),
    'another key': signed({}, {}, { by: new Uint8Array(randomBytes(32)) }),
    "the server's secret itself": signed({}, {}, { by: secret }),
    'the key for guests': signed({}, {}, { by: derivedKey(secret, 'guests') }),
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
      key: `user:${ana.user.id}`,
    }),
    'a host token': await createHostTokens(derivedKey(secret, 'hosts')).issue(ID as never),
    'a guest token': (await createGuestTokens(derivedKey(secret, 'guests')).recognise(undefined)).token,
    'the token of a personal link': await linkToken(app, ana, secret),
    'a refresh token': ana.cookie.slice(ana.cookie.indexOf('=') + 1),
    'an API token that never was': `vmt_${randomBytes(32).toString('base64url')}`,
    nonsense: 'x'.repeat(200),
  }
}

/** Of an invitation that stands. */
async function linkToken({ url }: TestApp, owner: Somebody, secret: Uint8Array): Promise<string> {
  const { token } = owner
  const body = { title: 'M', invite: [{ email: 'guest@example.org', role: 'moderator' }] }
  const { id } = Meeting.parse((await callRoute(url, routes.createMeeting, { body, token })).body)
  const { body: listed } = await callRoute(url, routes.listInvitations, { params: { id }, token })
  const [invitation] = (listed as { items: { id: string }[] }).items
  const links = createInvitationLinks(derivedKey(secret, 'invitations'), url)
  const link = links.tokenOf(InvitationId.parse(invitation?.id))
  expect(await callRoute(url, routes.openInvitation, { body: { token: link } })).toMatchObject({
    status: 200,
  })
  return link
}

async function makeApiToken(url: string, token: string, scopes: readonly TokenScope[]) {
  const body = { name: 'x', scopes, expiresAt: new Date(Date.now() + 86_400_000).toISOString() }
  const made = await callRoute(url, routes.createApiToken, { body, token })
  expect(made.status).toBe(201)
  return made.body as { token: string; apiToken: { id: string } }
}

/** As though the days of an API token were over. */
async function letExpire({ dataDir }: TestApp, id: string): Promise<void> {
  const database = await openDatabase({
    url: 'sqlite:',
    dataDir,
    log: createLogger({ level: 'silent' }),
  })
  const count = await database
    .fork()
    .nativeUpdate(ApiTokenRecord, { id }, { expiresAt: new Date(Date.now() - 1) })
  await database.close()
  expect(count).toBe(1)
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
  const scopes = ['meetings:read', 'meetings:write', 'profile:read'] as const
  const made = await makeApiToken(url, scripted.token, scopes)
  const expired = await makeApiToken(url, scripted.token, scopes)
  const once = [...Object.values(people), made, expired]
  for (const { token } of once)
    expect(await callRoute(url, routes.getMe, { token })).toMatchObject({ status: 200 })
  await letExpire(app, expired.apiToken.id)
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
  return {
    ...Object.fromEntries(tokens),
    'an API token that was revoked': made.token,
    'an API token that expired': expired.token,
  }
}

/** The first account is the administrator's, who is needed for some of them. */
async function badTokens(app: TestApp): Promise<Record<string, string>> {
  const ended = await endedTokens(app)
  return { ...ended, ...(await forgeries(app)) }
}

it('a token that is no good opens no door', { timeout: patient(120_000) }, async () => {
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

it('a token that is no good opens no call', { timeout: patient(60_000) }, async () => {
  const app = await startTestApp({ limitFactor: 1000 })
  const bad = await badTokens(app)
  const owner = await register(app.url, 'Olga', routes.register)
  const body = { title: 'For users', policy: { join: 'users' } }
  const made = await callRoute(app.url, routes.createMeeting, { body, token: owner.token })
  const { code } = Meeting.parse(made.body)
  async function join(accessToken?: string): Promise<string> {
    const peer = await app.connect()
    const input = { code, name: 'Eve', rtpCapabilities: { codecs: [] } }
    const joined = peer.request('room.join', { ...input, ...(accessToken !== undefined && { accessToken }) })
    return joined
      .then(
        () => 'let in',
        (error: { code: string }) => error.code,
      )
      .finally(() => peer.close())
  }
  const api = await makeApiToken(app.url, owner.token, ['meetings:read', 'meetings:write', 'profile:read'])
  const wrong: string[] = []
  for (const [kind, token] of Object.entries({ ...bad, 'an API token, which is for scripts': api.token })) {
    const code = await join(token)
    if (code !== 'unauthorized') wrong.push(`${kind}: ${code}`)
  }
  process.stdout.write(`tokens: ${Object.keys(bad).length + 1} kinds at room.join, ${wrong.length} wrong\n`)
  expect(wrong).toEqual([])
  expect(await join()).toBe('sign_in_required')
  expect(await join(owner.token)).toBe('let in')
})

it('a token that is good opens them, as does one that is written as the server writes them', async () => {
  const app = await startTestApp()
  const ana = await register(app.url, 'Ana', routes.register)
  const { signed } = forger(ana, derivedKey(await secretOf(app), 'access tokens'))
  for (const token of [ana.token, signed({})]) {
    expect(await callRoute(app.url, routes.getMe, { token })).toMatchObject({ status: 200 })
    expect(await callRoute(app.url, routes.listUsers, { token })).toMatchObject({ status: 200 })
  }
})

it(
  'a token for scripts opens what its scope names, and nothing else',
  { timeout: patient(60_000) },
  async () => {
    const app = await startTestApp({ limitFactor: 1000 })
    const admin = await register(app.url, 'Admin', routes.register)
    const wrong: string[] = []
    let calls = 0
    for (const scope of TokenScope.options) {
      const { token } = await makeApiToken(app.url, admin.token, [scope])
      for (const [name, route] of protectedRoutes) {
        const body = route.body ? {} : undefined
        const params = { id: ID, invitationId: ID }
        const { status } = await callRoute(app.url, route, { token, body, params })
        calls += 1
        const isOpen = route.access.scope === scope
        if (isOpen ? status === 401 || status === 403 || status >= 500 : status !== 403)
          wrong.push(`${name} with ${scope}: ${status}`)
      }
    }
    process.stdout.write(`scopes: ${calls} calls, ${wrong.length} wrong answers\n`)
    expect(wrong).toEqual([])
  },
)
