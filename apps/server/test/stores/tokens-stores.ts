import { randomUUID } from 'node:crypto'
import type { UserId } from '@video-meet/protocol'
import { beforeAll, expect, it } from 'vitest'
import { createIdempotencyStore } from '../../src/db/idempotency-store.ts'
import { createApiTokensStore } from '../../src/features/accounts/api-tokens-store.ts'
import { createMailTokensStore } from '../../src/features/accounts/mail-tokens-store.ts'
import { createUsersStore } from '../../src/features/accounts/users-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'
import { someUser } from './users-store.ts'

const AT = new Date('2026-07-04T23:59:59.089Z')
const LATER = new Date(AT.getTime() + 1000)

/** Tokens of letters and of scripts, and the keys of calls that may be repeated. */
export const testTokensStores: StoreSuite = ({ dialect, database }) => {
  const mail = () => createMailTokensStore(database())
  const api = () => createApiTokensStore(database())
  let userId: UserId
  beforeAll(async () => {
    const user = someUser()
    await createUsersStore(database()).add(user)
    userId = user.id
  })

  const mailToken = (purpose: 'verify' | 'reset' = 'reset') => ({
    id: randomUUID(),
    userId,
    purpose,
    stateHash: 'state',
    tokenHash: randomUUID(),
    createdAt: AT,
    expiresAt: LATER,
  })

  it('let one of those use a token of a letter who have it at once', async () => {
    const token = mailToken()
    await mail().add(token)
    const taken = await Promise.all(
      Array.from({ length: 6 }, () => mail().take(token.tokenHash, 'reset', AT)),
    )
    expect(taken.filter(Boolean)).toEqual([{ userId, stateHash: 'state' }])
  })

  it('take no token for another purpose, after its time, or after a newer one', async () => {
    const [verify, old] = [mailToken('verify'), mailToken()]
    await mail().add(verify)
    expect(await mail().take(verify.tokenHash, 'reset', AT)).toBeNull()
    expect(await mail().take(verify.tokenHash, 'verify', LATER)).toBeNull()
    await mail().add(old)
    await mail().add(mailToken())
    expect(await mail().take(old.tokenHash, 'reset', AT)).toBeNull()
    expect(await mail().take(verify.tokenHash, 'verify', AT)).toMatchObject({ userId })
  })

  it('leave one token of a letter, whoever asks for letters at once', async () => {
    const people = [someUser(), someUser(), someUser()]
    for (const user of people) await createUsersStore(database()).add(user)
    const asked = [...people, ...people, ...people, ...people].map(({ id }) => ({
      ...mailToken(),
      userId: id,
    }))
    await Promise.all(asked.map((token) => mail().add(token)))
    const taken: UserId[] = []
    for (const { tokenHash } of asked) {
      const of = await mail().take(tokenHash, 'reset', AT)
      if (of) taken.push(of.userId)
    }
    expect(taken.toSorted()).toEqual(people.map(({ id }) => id).toSorted())
  })

  it('keep a token for scripts, and let nobody else revoke it', async () => {
    const token = {
      id: randomUUID(),
      userId,
      name: 'Nightly',
      tokenHash: randomUUID(),
      scopes: ['meetings:read' as const],
      createdAt: AT,
      lastUsedAt: null,
      expiresAt: LATER,
    }
    await api().add(token)
    expect(await api().findByHash(token.tokenHash)).toEqual(token)
    await api().used(token.id, LATER)
    expect(await api().listOf(userId)).toEqual([{ ...token, lastUsedAt: LATER }])
    const stranger = someUser()
    expect(await api().remove(token.id, stranger.id)).toBe(false)
    expect(await api().remove(token.id, userId)).toBe(true)
    expect(await api().findByHash(token.tokenHash)).toBeNull()
  })

  it('let one of those act who repeat a call at once', async () => {
    const keys = createIdempotencyStore(database())
    const id = randomUUID()
    const claims = await Promise.all(Array.from({ length: 6 }, () => keys.claim(id, 'body')))
    expect(claims.filter((claim) => claim === 'claimed')).toHaveLength(1)
    expect(claims.filter((claim) => claim !== 'claimed')).toEqual(
      Array.from({ length: 5 }, () => ({ bodyHash: 'body', answer: null })),
    )
    await keys.keep(id, { id: 'made', list: [1, 'ü'] })
    expect(await keys.claim(id, 'body')).toEqual({ bodyHash: 'body', answer: { id: 'made', list: [1, 'ü'] } })
    await keys.release(id)
    expect(await keys.claim(id, 'other')).toBe('claimed')
  })

  it('give up a call whose process is gone, and forget after a day', async () => {
    let now = AT
    const keys = createIdempotencyStore(database(), () => now)
    const [abandoned, answered] = [randomUUID(), randomUUID()]
    await keys.claim(abandoned, 'body')
    await keys.claim(answered, 'body')
    await keys.keep(answered, {})
    now = new Date(AT.getTime() + 61_000)
    expect(await keys.claim(abandoned, 'body')).toBe('claimed')
    expect(await keys.claim(answered, 'body')).not.toBe('claimed')
    now = new Date(AT.getTime() + 25 * 3_600_000)
    await keys.forgetOld()
    expect(await keys.claim(answered, 'body')).toBe('claimed')
  })

  it('find by index', async () => {
    const queries = await sqlOf(database(), async () => {
      await mail().take('none', 'reset', AT)
      await api().findByHash('none')
      await api().listOf(userId)
      await api().used(randomUUID(), AT)
      const keys = createIdempotencyStore(database())
      await keys.keep('none', {})
      await keys.release('none')
      await keys.forgetOld()
    })
    expect(queries).toHaveLength(7)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
