import { randomBytes, randomUUID } from 'node:crypto'
import { UserId } from '@video-meet/protocol'
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ACCESS_TOKEN_LIFETIME_S, createAccessTokens } from './access-tokens.ts'

const key = randomBytes(32)
const tokens = createAccessTokens(key)
const CLAIM = { userId: UserId.parse(randomUUID()), sessionId: randomUUID() }
const NOW = new Date('2026-03-04T05:06:07Z')
const now = NOW.getTime() / 1000

/** Claims of a good token. */
const good = () => ({
  iss: 'video-meet',
  aud: 'api',
  sub: CLAIM.userId,
  sid: CLAIM.sessionId,
  jti: randomUUID(),
  iat: now,
  exp: now + ACCESS_TOKEN_LIFETIME_S,
})

function signed(claims: object, header: object = {}, signingKey: Uint8Array = key): Promise<string> {
  return new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', ...header })
    .sign(signingKey)
}

function without(name: keyof ReturnType<typeof good>): object {
  return Object.fromEntries(Object.entries(good()).filter(([claim]) => claim !== name))
}

describe('access tokens', () => {
  beforeEach(() => void vi.useFakeTimers({ now: NOW, toFake: ['Date'] }))
  afterEach(() => void vi.useRealTimers())

  it('prove who they were made for, in one form', async () => {
    const token = await tokens.issue(CLAIM)
    expect(await tokens.read(token)).toEqual(CLAIM)
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'at+jwt' })
    expect(decodeJwt(token)).toEqual({ ...good(), jti: expect.stringMatching(/^[0-9a-f-]{36}$/) })
    expect(decodeJwt(await tokens.issue(CLAIM)).jti).not.toBe(decodeJwt(token).jti)
  })

  it('are good for ten minutes, and as long as clocks differ', async () => {
    const token = await tokens.issue(CLAIM)
    vi.setSystemTime(NOW.getTime() + 600_000)
    expect(await tokens.read(token)).toEqual(CLAIM)
    vi.setSystemTime(NOW.getTime() + 631_000)
    expect(await tokens.read(token)).toBeNull()
  })

  it('are read as they are issued: what the forgeries differ from is good', async () => {
    expect(await tokens.read(await signed(good()))).toEqual(CLAIM)
  })

  it.each<[string, () => string | Promise<string>]>([
    ['nothing', () => ''],
    ['garbage', () => 'a.b.c'],
    ['of another key', () => signed(good(), {}, randomBytes(32))],
    ['of another issuer', () => signed({ ...good(), iss: 'somebody' })],
    ['for another door', () => signed({ ...good(), aud: 'guest' })],
    ['of another type', () => signed(good(), { typ: 'guest+jwt' })],
    ['of no type', () => signed(good(), { typ: undefined })],
    ['of another algorithm', () => signed(good(), { alg: 'HS512' })],
    ['with a key of its own', () => signed(good(), { jwk: { kty: 'oct', k: 'AAAA' } })],
    ['that names a key', () => signed(good(), { kid: '../../dev/null' })],
    ['that nobody signed', () => new UnsecuredJWT(good()).encode()],
    ['from tomorrow', () => signed({ ...good(), iat: now + 86_400, exp: now + 87_000 })],
    ['that is good for a year', () => signed({ ...good(), iat: now - 700, exp: now + 31_536_000 })],
    ['that was over', () => signed({ ...good(), iat: now - 500, exp: now - 31 })],
    ['for nobody', () => signed({ ...good(), sub: 'somebody' })],
    ['of a session that is none', () => signed({ ...good(), sid: 7 })],
    ['without its end', () => signed(without('exp'))],
    ['without its beginning', () => signed(without('iat'))],
    ['without a name of its own', () => signed(without('jti'))],
    ['without a user', () => signed(without('sub'))],
    ['without a session', () => signed(without('sid'))],
    ['cut short', async () => (await tokens.issue(CLAIM)).slice(0, -2)],
    ['with a changed payload', async () => tampered(await tokens.issue(CLAIM))],
  ])('prove nothing when they are %s', async (_, forge) => {
    expect(await tokens.read(await forge())).toBeNull()
  })
})

/** Somebody else's id under the same signature. */
function tampered(token: string): string {
  const [header, , signature] = token.split('.')
  const payload = Buffer.from(JSON.stringify({ ...good(), sub: randomUUID() })).toString('base64url')
  return [header, payload, signature].join('.')
}
