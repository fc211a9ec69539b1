import { randomBytes } from 'node:crypto'
import { decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createGuestTokens } from './guest-tokens.ts'

const secret = randomBytes(32)
const guests = createGuestTokens(secret)
const ID = '3f0d1f0e-2a52-4b6e-9c5f-0a4f5f3c9a11'
const DAY_MS = 86_400_000

/** A token like a guest's, but for what `change` says. */
async function tokenWith(change: {
  secret?: Uint8Array
  issuer?: string
  audience?: string
  typ?: string
  alg?: string
}): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: change.alg ?? 'HS256', typ: change.typ ?? 'guest+jwt' })
    .setIssuer(change.issuer ?? 'video-meet')
    .setAudience(change.audience ?? 'guest')
    .setSubject(ID)
    .setIssuedAt()
    .setExpirationTime('1d')
    .sign(change.secret ?? secret)
}

describe('guest tokens', () => {
  afterEach(() => vi.useRealTimers())

  it('make a guest known again', async () => {
    const guest = await guests.recognise(undefined)
    expect(guest.id).toMatch(/^[0-9a-f-]{36}$/)
    expect((await guests.recognise(guest.token)).id).toBe(guest.id)
    expect((await guests.recognise(await tokenWith({}))).id).toBe(ID)
  })

  it('make each of those without one somebody else', async () => {
    const ids = await Promise.all([1, 2, 3].map(async () => (await guests.recognise(undefined)).id))
    expect(new Set(ids).size).toBe(3)
  })

  it('are of one kind', async () => {
    const { token } = await guests.recognise(undefined)
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'guest+jwt' })
  })

  it.each([
    ['garbage', async () => 'a.b.c'],
    ['one of another server', () => tokenWith({ secret: randomBytes(32) })],
    ['one of another issuer', () => tokenWith({ issuer: 'somebody' })],
    ['one for another door', () => tokenWith({ audience: 'api' })],
    ['one of another type', () => tokenWith({ typ: 'at+jwt' })],
    ['one of another algorithm', () => tokenWith({ alg: 'HS512' })],
    [
      'one that nobody signed',
      async () => new UnsecuredJWT().setSubject(ID).setIssuer('video-meet').setAudience('guest').encode(),
    ],
    ['one whose subject was changed', async () => changed((await guests.recognise(undefined)).token)],
  ])('say nothing when they are %s', async (_, forge) => {
    const { id } = await guests.recognise(await forge())
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(id).not.toBe(ID)
  })

  it('last half a year, and longer for who comes back', async () => {
    vi.useFakeTimers({ now: new Date('2026-03-04T05:06:07Z'), toFake: ['Date'] })
    const { id, token } = await guests.recognise(undefined)
    vi.setSystemTime(Date.now() + 179 * DAY_MS)
    const renewed = await guests.recognise(token)
    expect(renewed.id).toBe(id)
    vi.setSystemTime(Date.now() + 2 * DAY_MS)
    expect((await guests.recognise(token)).id).not.toBe(id)
    expect((await guests.recognise(renewed.token)).id).toBe(id)
  })
})

/** The token with another subject under the same signature. */
function changed(token: string): string {
  const [header, payload = '', signature] = token.split('.')
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object
  const forged = Buffer.from(JSON.stringify({ ...claims, sub: ID })).toString('base64url')
  return [header, forged, signature].join('.')
}
