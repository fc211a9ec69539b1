import { randomUUID } from 'node:crypto'
import type { UserId } from '@video-meet/protocol'
import { beforeAll, expect, it } from 'vitest'
import { createSessionsStore, type StoredSession } from '../../src/features/accounts/sessions-store.ts'
import { createUsersStore } from '../../src/features/accounts/users-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'
import { someUser } from './users-store.ts'

const AT = new Date('2026-07-04T23:59:59.089Z')

export const testSessionsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createSessionsStore(database())
  let userId: UserId
  beforeAll(async () => {
    const user = someUser()
    await createUsersStore(database()).add(user)
    userId = user.id
  })

  const session = (patch: Partial<StoredSession> = {}): StoredSession => ({
    id: randomUUID(),
    userId,
    generation: 0,
    seed: 'seed',
    tokenHash: 'hash-0',
    rotatedAt: AT,
    userAgent: 'Firefox',
    address: '2001:db8::1',
    confirmedAt: null,
    createdAt: AT,
    lastUsedAt: AT,
    expiresAt: new Date(AT.getTime() + 1000),
    ...patch,
  })
  const next = (hash: string) => ({ tokenHash: hash, rotatedAt: AT, lastUsedAt: AT, address: '192.0.2.1' })

  it('keeps what it was given', async () => {
    const kept = session()
    await store().add(kept)
    expect(await store().find(kept.id)).toEqual(kept)
    expect(await store().find(randomUUID())).toBeNull()
  })

  it('moves to the next generation for one of those who ask at once', async () => {
    const kept = session()
    await store().add(kept)
    const tries = Array.from({ length: 8 }, (_, n) => store().rotate(kept.id, 0, next(`hash-${n}`)))
    expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1)
    expect(await store().find(kept.id)).toMatchObject({ generation: 1, address: '192.0.2.1' })
  })

  it('ends all sessions of a user but one, and says which', async () => {
    const own = [session(), session(), session()]
    for (const one of own) await store().add(one)
    const [first] = own
    const ended = await store().removeOf(userId, first?.id)
    expect(ended).toEqual(expect.arrayContaining(own.slice(1).map(({ id }) => id)))
    expect(await store().listOf(userId)).toEqual([first])
  })

  it('forgets what is over or was not used for long', async () => {
    const later = new Date(AT.getTime() + 60_000)
    const [over, idle, good] = [
      session({ expiresAt: AT, lastUsedAt: later }),
      session({ expiresAt: later }),
      session({ expiresAt: later, lastUsedAt: later }),
    ]
    for (const one of [over, idle, good]) await store().add(one)
    await store().removeExpired(new Date(AT.getTime() + 1), new Date(AT.getTime() + 1))
    expect(await store().find(over.id)).toBeNull()
    expect(await store().find(idle.id)).toBeNull()
    expect(await store().find(good.id)).toEqual(good)
  })

  it('goes with its user', async () => {
    const user = someUser()
    await createUsersStore(database()).add(user)
    const own = session({ userId: user.id })
    await store().add(own)
    await createUsersStore(database()).changeIfAdministratorStays(user.id, 'remove')
    expect(await store().find(own.id)).toBeNull()
  })

  it('finds by index', async () => {
    const queries = await sqlOf(database(), async () => {
      await store().find(randomUUID())
      await store().listOf(userId)
      await store().rotate(randomUUID(), 0, next('none'))
      await store().remove(randomUUID())
    })
    expect(queries).toHaveLength(4)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
