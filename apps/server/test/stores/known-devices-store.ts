import type { UserId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { createKnownDevicesStore } from '../../src/features/accounts/known-devices-store.ts'
import { createUsersStore } from '../../src/features/accounts/users-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'
import { someUser } from './users-store.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))
const device = (name: string, network = '192.0.2.1') => ({ deviceHash: name, network })

export const testKnownDevicesStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createKnownDevicesStore(database())
  let userId: UserId
  beforeEach(async () => {
    const user = someUser()
    await createUsersStore(database()).add(user)
    userId = user.id
  })
  const remember = (name: string, minute: number, limit = 10) =>
    store().remember(userId, device(name), { at: at(minute), limit })

  it('keeps each device once, the most recently used first', async () => {
    await remember('phone', 1)
    await remember('laptop', 2)
    await remember('phone', 3)
    expect(await store().listOf(userId)).toEqual([device('phone'), device('laptop')])
  })

  it('adds a device once when it signs in twice at the same time', async () => {
    await Promise.all(Array.from({ length: 5 }, () => remember('phone', 1)))
    expect(await store().listOf(userId)).toEqual([device('phone')])
  })

  it('drops those that were not used for longest', async () => {
    for (const [minute, name] of ['first', 'second', 'third'].entries()) await remember(name, minute, 2)
    expect(await store().listOf(userId)).toEqual([device('third'), device('second')])
    await store().removeUnusedSince(at(2))
    expect(await store().listOf(userId)).toEqual([device('third')])
    await store().removeOf(userId)
    expect(await store().listOf(userId)).toEqual([])
  })

  it('finds by index', async () => {
    const queries = await sqlOf(database(), async () => {
      await store().listOf(userId)
      await store().removeOf(userId)
      await store().removeUnusedSince(at(0))
    })
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
