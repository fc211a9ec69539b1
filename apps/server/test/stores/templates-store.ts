import { randomUUID } from 'node:crypto'
import { DEFAULT_POLICY, type UserId } from '@video-meet/protocol'
import { beforeEach, expect, it } from 'vitest'
import { TemplateRecord } from '../../src/db/entities/template-record.ts'
import { UserRecord } from '../../src/db/entities/user-record.ts'
import { createTemplatesStore, type StoredTemplate } from '../../src/features/templates/templates-store.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import { insertUser } from '../lib/records.ts'
import type { StoreSuite } from './store-suite.ts'

const newTemplate = (ownerId: UserId | null, name = 'Añejo 🎉'): StoredTemplate => ({
  id: randomUUID(),
  ownerId,
  name,
  description: '"quoted" \\ 100%',
  durationMinutes: 45,
  policy: { ...DEFAULT_POLICY, maxMinutes: 90 },
  agenda: 'one\ntwo',
  createdAt: new Date('2026-07-04T23:59:59.089Z'),
})

export const testTemplatesStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createTemplatesStore(database())
  beforeEach(async () => {
    await database().fork().nativeDelete(TemplateRecord, {})
  })

  it('keeps templates to the letter and the millisecond', async () => {
    const templates = [newTemplate(null), newTemplate(await insertUser(database()))]
    for (const template of templates) {
      await store().add(template)
      expect(await store().find(template.id)).toEqual(template)
    }
    expect(await store().find(randomUUID())).toBeNull()
  })

  it('lists those of a user and of the organisation by name, and counts them apart', async () => {
    const [userId, other] = [await insertUser(database()), await insertUser(database())]
    const [b, a] = [newTemplate(userId, 'b'), newTemplate(null, 'a')]
    for (const template of [b, a, newTemplate(other, 'c')]) await store().add(template)
    expect(await store().listFor(userId)).toEqual([a, b])
    expect(await store().countOf(userId)).toBe(1)
    expect(await store().countOf(null)).toBe(1)
  })

  it('changes and removes, and tells whether there was something to change', async () => {
    const template = newTemplate(null)
    await store().add(template)
    const change = { name: 'Other', policy: { ...DEFAULT_POLICY, talk: 'presenters' as const } }
    expect(await store().change(template.id, change)).toBe(true)
    expect(await store().change(template.id, change)).toBe(true)
    expect(await store().find(template.id)).toEqual({ ...template, ...change })
    await store().remove(template.id)
    expect(await store().change(template.id, change)).toBe(false)
  })

  it('gives settings that are newer than a template their default', async () => {
    const template = newTemplate(null)
    await store().add(template)
    await database()
      .fork()
      .nativeUpdate(TemplateRecord, { id: template.id }, { policy: { join: 'users' } })
    expect((await store().find(template.id))?.policy).toEqual({ ...DEFAULT_POLICY, join: 'users' })
  })

  it('lets templates go with their owner', async () => {
    const userId = await insertUser(database())
    const template = newTemplate(userId)
    await store().add(template)
    await database().fork().nativeDelete(UserRecord, { id: userId })
    expect(await store().find(template.id)).toBeNull()
  })

  it('finds by index', async () => {
    const userId = await insertUser(database())
    const template = newTemplate(userId)
    await store().add(template)
    const queries = await sqlOf(database(), async () => {
      await store().find(template.id)
      await store().listFor(userId)
      await store().countOf(userId)
      await store().change(template.id, { name: 'Other' })
    })
    expect(queries).toHaveLength(4)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
