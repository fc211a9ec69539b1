import { randomUUID } from 'node:crypto'
import { type Route, type TokenScope, UserId } from '@video-meet/protocol'
import type { FastifyRequest } from 'fastify'
import { describe, expect, it } from 'vitest'
import { TokenBuckets } from '../platform/token-buckets.ts'
import { admit, type Guard, type Principal } from './principal.ts'

type Callers = Route['access']['callers']

const principal = (change: Partial<Principal> = {}): Principal => ({
  userId: UserId.parse(randomUUID()),
  name: 'Ana',
  role: 'user',
  sessionId: randomUUID(),
  scopes: null,
  ...change,
})

const ana = principal()
const root = principal({ role: 'administrator' })
const script = (...scopes: TokenScope[]) => principal({ sessionId: null, scopes })

/** Knows the tokens `ana`, `root` and those of scripts. */
function guardWith(anyoneMayCreate = false): Guard {
  const known: Record<string, Principal> = {
    ana,
    root,
    reader: script('meetings:read'),
    writer: script('meetings:read', 'meetings:write'),
    'root-reader': { ...script('users:read'), role: 'administrator' },
    'user-reader': script('users:read'),
  }
  return {
    authenticate: async (token) => known[token] ?? null,
    anyoneMayCreate: async () => anyoneMayCreate,
  }
}

interface Asked {
  readonly callers: Callers
  readonly scope?: TokenScope
  readonly authorization?: string | undefined
  readonly guard?: Guard
  readonly rejections?: TokenBuckets
}

function admitted({
  callers,
  scope,
  authorization,
  guard = guardWith(),
  rejections = new TokenBuckets({ burst: 60, perMinute: 30 }),
}: Asked) {
  const route = { access: { callers, ...(scope && { scope }) } } as unknown as Route
  const request = { headers: { authorization }, clientAddress: '192.0.2.1' }
  return admit({ guard, rejections }, route, request as unknown as FastifyRequest)
}

const refused = (code: string) => expect.objectContaining({ code })
const scope = 'meetings:read'

describe('a route for anyone', () => {
  it('lets strangers in, and tells who calls where that makes a difference', async () => {
    expect(await admitted({ callers: 'anyone', scope })).toBeNull()
    expect(await admitted({ callers: 'anyone', scope, authorization: 'Bearer ana' })).toBe(ana)
  })

  it('takes no notice of a token where it makes none, be it good or not', async () => {
    for (const authorization of ['Bearer ana', 'Bearer forged', 'Basic YTpi'])
      expect(await admitted({ callers: 'anyone', authorization })).toBeNull()
  })

  it('refuses a token that is not good where it would make one', async () => {
    await expect(admitted({ callers: 'anyone', scope, authorization: 'Bearer forged' })).rejects.toEqual(
      refused('unauthorized'),
    )
  })
})

describe('a route for users', () => {
  it('refuses strangers and lets in who has an account', async () => {
    await expect(admitted({ callers: 'users', scope })).rejects.toEqual(refused('unauthorized'))
    expect(await admitted({ callers: 'users', scope, authorization: 'Bearer ana' })).toBe(ana)
    expect(await admitted({ callers: 'users', scope, authorization: 'bearer  root' })).toBe(root)
  })

  it.each([
    'Bearer',
    'Bearer ',
    'ana',
    'Basic ana',
    'Bearer ana, Bearer root',
    `Bearer ${'x'.repeat(4097)}`,
    '',
  ])('refuses the header %j', async (authorization) => {
    await expect(admitted({ callers: 'users', scope, authorization })).rejects.toEqual(
      refused('unauthorized'),
    )
  })

  it('lets scripts in that have its scope, and none where it has no scope', async () => {
    const asReader = (needed?: TokenScope) =>
      admitted({ callers: 'users', ...(needed && { scope: needed }), authorization: 'Bearer reader' })
    expect(await asReader('meetings:read')).toMatchObject({ scopes: ['meetings:read'] })
    await expect(asReader('meetings:write')).rejects.toEqual(refused('forbidden'))
    await expect(asReader()).rejects.toEqual(refused('forbidden'))
    const writer = { callers: 'users', scope: 'meetings:write', authorization: 'Bearer writer' } as const
    expect(await admitted(writer)).toBeDefined()
  })
})

describe('a route for creators', () => {
  it('lets strangers in as long as anyone may create', async () => {
    expect(await admitted({ callers: 'creators', scope, guard: guardWith(true) })).toBeNull()
    await expect(admitted({ callers: 'creators', scope })).rejects.toEqual(refused('unauthorized'))
    expect(await admitted({ callers: 'creators', scope, authorization: 'Bearer ana' })).toBe(ana)
  })

  it('makes no stranger of who shows a token that is not good', async () => {
    const guard = guardWith(true)
    await expect(
      admitted({ callers: 'creators', scope, guard, authorization: 'Bearer forged' }),
    ).rejects.toEqual(refused('unauthorized'))
  })
})

describe('a route for administrators', () => {
  it('refuses strangers and all others', async () => {
    await expect(admitted({ callers: 'administrators' })).rejects.toEqual(refused('unauthorized'))
    await expect(admitted({ callers: 'administrators', authorization: 'Bearer ana' })).rejects.toEqual(
      refused('forbidden'),
    )
    expect(await admitted({ callers: 'administrators', authorization: 'Bearer root' })).toBe(root)
  })

  it('lets the scripts of administrators in by their scope, and those of others by none', async () => {
    const asked = (token: string) =>
      admitted({ callers: 'administrators', scope: 'users:read', authorization: `Bearer ${token}` })
    expect(await asked('root-reader')).toMatchObject({ role: 'administrator' })
    await expect(asked('user-reader')).rejects.toEqual(refused('forbidden'))
  })
})

describe('wrong tokens', () => {
  it('are refused without asking the database after too many of one network', async () => {
    const asked: string[] = []
    const guard = {
      ...guardWith(),
      authenticate: async (token: string) => {
        asked.push(token)
        return token === 'ana' ? ana : null
      },
    }
    const rejections = new TokenBuckets({ burst: 3, perMinute: 3 })
    const call = (token: string) =>
      admitted({ callers: 'users', authorization: `Bearer ${token}`, guard, rejections })
    // A genuine token costs nothing, however often it is shown.
    for (let count = 0; count < 5; count += 1) expect(await call('ana')).toBe(ana)
    asked.length = 0
    const guesses = await Promise.allSettled(['vmt_1', 'vmt_2', 'vmt_3', 'vmt_4'].map(call))
    const reasons = guesses.map((guess) => (guess.status === 'rejected' ? guess.reason : null) as unknown)
    expect(reasons).toEqual([
      ...Array.from({ length: 3 }, () => refused('unauthorized')),
      refused('rate_limited'),
    ])
    expect(asked).toEqual(['vmt_1', 'vmt_2', 'vmt_3'])
    // A signed token of the same network is checked without the database first, so it isn't held up.
    await expect(call('a.signed.token')).rejects.toEqual(refused('unauthorized'))
  })
})
