import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { AuditRecord } from '../../src/db/entities/audit-record.ts'
import { createAuditStore, type StoredAct } from '../../src/features/audit/audit-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'

const newAct = (minute: number): StoredAct => ({
  id: randomUUID(),
  at: new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89)),
  actorId: randomUUID(),
  actor: 'Añejo 🎉',
  action: 'user.disabled',
  subjectId: randomUUID(),
  subject: 'ü'.repeat(300),
  details: { name: '"quoted" \\', nested: [1, null] },
  address: '2001:db8::1',
})

export const testAuditStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createAuditStore(database())
  beforeEach(async () => {
    await database().fork().nativeDelete(AuditRecord, {})
  })

  it('keeps acts to the letter and the millisecond, those of nobody too', async () => {
    const act = newAct(1)
    const nobody = {
      actorId: null,
      actor: null,
      subjectId: null,
      subject: null,
      details: null,
      address: null,
    }
    const other = { ...newAct(0), ...nobody }
    await store().add(act)
    await store().add(other)
    expect(await store().list({ after: null, limit: 9 })).toEqual([act, other])
  })

  it('goes on after an act, also among those at the same time', async () => {
    const acts = [newAct(0), newAct(1), newAct(1), newAct(1), newAct(2)]
    for (const act of acts) await store().add(act)
    const all = await store().list({ after: null, limit: 9 })
    for (const [index, act] of all.entries())
      expect(await store().list({ after: act, limit: 2 })).toEqual(all.slice(index + 1, index + 3))
  })

  it('removes what is older', async () => {
    const [old, kept] = [newAct(1), newAct(2)]
    for (const act of [old, kept]) await store().add(act)
    await store().removeBefore(kept.at)
    expect(await store().list({ after: null, limit: 9 })).toEqual([kept])
  })

  it('finds by index', async () => {
    const act = newAct(1)
    const queries = await sqlOf(database(), async () => {
      await store().list({ after: act, limit: 26 })
      await store().removeBefore(act.at)
    })
    expect(queries).toHaveLength(2)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
