import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { createMailCountsStore } from '../../src/features/mail/mail-counts-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))

export const testMailCountsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createMailCountsStore(database())

  it('counts by account, purpose, recipient and time', async () => {
    const account = randomUUID()
    const [ana, ben] = [`Ana-${account}@example.org`, `ben-${account}@example.org`]
    await store().add({ purpose: 'invitation', account, recipients: [ana, ben] }, at(1))
    await store().add({ purpose: 'update', account, recipients: [ana] }, at(2))
    await store().add({ purpose: 'invitation', account: null, recipients: [ana] }, at(3))
    const invitations = { since: at(0), purposes: ['invitation'] as const, account }
    expect(await store().count(invitations)).toBe(2)
    expect(await store().count({ ...invitations, purposes: ['invitation', 'update'] })).toBe(3)
    expect(await store().count({ ...invitations, since: at(1) })).toBe(0)
    const { since, purposes } = invitations
    expect(await store().countTo([ana.toUpperCase(), ben], { since, purposes })).toEqual(
      new Map([
        [ana.toUpperCase(), 2],
        [ben, 1],
      ]),
    )
    await store().removeBefore(at(2))
    expect(await store().count(invitations)).toBe(0)
  })

  it('finds by index', async () => {
    const filter = { since: at(0), purposes: ['invitation'] as const, account: randomUUID() }
    const queries = await sqlOf(database(), async () => {
      await store().count(filter)
      await store().countTo(['ana@example.org'], filter)
      await store().removeBefore(at(0))
    })
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
