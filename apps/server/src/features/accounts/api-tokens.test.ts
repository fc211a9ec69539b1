import { randomUUID } from 'node:crypto'
import type { UserId, UserRole } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { createApiTokensStore } from './api-tokens-store.ts'
import { ApiTokens } from './api-tokens.ts'

const NOW = Date.parse('2026-03-04T05:06:07Z')
const DAY_MS = 86_400_000

describe('a token for scripts', () => {
  let database: Database
  let now = NOW
  let tokens: ApiTokens
  beforeEach(async () => {
    now = NOW
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    tokens = new ApiTokens(createApiTokensStore(database), () => new Date(now))
  })
  afterEach(() => database.close())

  async function owner(role: UserRole = 'user'): Promise<{ userId: UserId; role: UserRole }> {
    return { userId: await insertUser(database, { role }), role }
  }
  const expiresAt = new Date(NOW + 300 * DAY_MS).toISOString()
  const nightly = { name: 'Nightly', scopes: ['meetings:read' as const, 'meetings:read' as const], expiresAt }

  it('is shown once, and kept as a hash', async () => {
    const ana = await owner()
    const { token, apiToken } = await tokens.create(ana, nightly)
    expect(token).toMatch(/^vmt_[\w-]{43}$/)
    expect(apiToken).toEqual({
      id: expect.any(String),
      name: 'Nightly',
      scopes: ['meetings:read'],
      createdAt: '2026-03-04T05:06:07.000Z',
      lastUsedAt: null,
      expiresAt,
    })
    expect(await tokens.list(ana.userId)).toEqual([apiToken])
    expect(JSON.stringify(await createApiTokensStore(database).listOf(ana.userId))).not.toContain(
      token.slice(4),
    )
  })

  it('is known by itself, and nothing else is', async () => {
    const ana = await owner()
    const { token } = await tokens.create(ana, nightly)
    expect(await tokens.recognise(token)).toMatchObject({ userId: ana.userId, scopes: ['meetings:read'] })
    for (const other of [token.slice(4), `${token}x`, 'vmt_', `vmt_${'a'.repeat(43)}`])
      expect(await tokens.recognise(other)).toBeNull()
    expect([token, 'vmt_x', 'eyJhbGciOi'].map((text) => ApiTokens.looksLikeOne(text))).toEqual([
      true,
      true,
      false,
    ])
  })

  it('says when it was used, to the minute', async () => {
    const ana = await owner()
    const { token } = await tokens.create(ana, nightly)
    const lastUse = async () => (await tokens.list(ana.userId))[0]?.lastUsedAt
    await tokens.recognise(token)
    expect(await lastUse()).toBe('2026-03-04T05:06:07.000Z')
    now += 60_000
    await tokens.recognise(token)
    expect(await lastUse()).toBe('2026-03-04T05:06:07.000Z')
    now += 1
    await tokens.recognise(token)
    expect(await lastUse()).toBe('2026-03-04T05:07:07.001Z')
  })

  it('is good until its end', async () => {
    const { token, apiToken } = await tokens.create(await owner(), {
      ...nightly,
      expiresAt: '2026-04-03T05:06:07Z',
    })
    expect(apiToken.expiresAt).toBe('2026-04-03T05:06:07.000Z')
    now += 30 * DAY_MS - 1
    expect(await tokens.recognise(token)).not.toBeNull()
    now += 1
    expect(await tokens.recognise(token)).toBeNull()
  })

  it('ends within a year', async () => {
    const ana = await owner()
    for (const end of ['2026-03-04T05:06:07Z', '2027-03-06T00:00:00Z', '9999-01-01T00:00:00Z'])
      await expect(tokens.create(ana, { ...nightly, expiresAt: end })).rejects.toMatchObject({
        code: 'bad_request',
      })
  })

  it('ends with all others of the account', async () => {
    const [ana, ben] = [await owner(), await owner()]
    const [first, second, other] = [
      await tokens.create(ana, nightly),
      await tokens.create(ana, nightly),
      await tokens.create(ben, nightly),
    ]
    await tokens.endAll(ana.userId)
    expect(await tokens.recognise(first.token)).toBeNull()
    expect(await tokens.recognise(second.token)).toBeNull()
    expect(await tokens.recognise(other.token)).not.toBeNull()
  })

  it('is revoked by its owner alone', async () => {
    const [ana, ben] = [await owner(), await owner()]
    const { token, apiToken } = await tokens.create(ana, nightly)
    for (const revoke of [
      () => tokens.revoke(apiToken.id, ben.userId),
      () => tokens.revoke(randomUUID(), ana.userId),
    ])
      await expect(revoke()).rejects.toMatchObject({ code: 'not_found' })
    expect(await tokens.recognise(token)).not.toBeNull()
    await tokens.revoke(apiToken.id, ana.userId)
    expect(await tokens.recognise(token)).toBeNull()
    expect(await tokens.list(ana.userId)).toEqual([])
  })

  it('has rights over users from administrators only', async () => {
    const scopes = ['meetings:read' as const, 'users:write' as const]
    await expect(tokens.create(await owner(), { name: 'x', scopes, expiresAt })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { apiToken } = await tokens.create(await owner('administrator'), { name: 'x', scopes, expiresAt })
    expect(apiToken.scopes).toEqual(scopes)
  })

  it('is one of fifty at most', async () => {
    const ana = await owner()
    for (let n = 0; n < 50; n += 1) await tokens.create(ana, nightly)
    await expect(tokens.create(ana, nightly)).rejects.toMatchObject({ code: 'conflict' })
    const [first] = await tokens.list(ana.userId)
    await tokens.revoke(first?.id ?? '', ana.userId)
    expect(await tokens.create(ana, nightly)).toBeDefined()
  })
})

it('takes a token with points for a signed one, so that guesses cannot get around their limit', () => {
  expect(ApiTokens.looksLikeOne('vmt_abc')).toBe(true)
  expect(ApiTokens.looksLikeOne('vmt_a.b.c')).toBe(false)
})
