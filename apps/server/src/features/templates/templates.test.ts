import { randomUUID } from 'node:crypto'
import { createTemplate, DEFAULT_POLICY, Template, type UserId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertUser } from '../../../test/lib/records.ts'
import { type Database, openDatabase } from '../../db/database.ts'
import { createLogger } from '../../platform/logger.ts'
import { BUILT_IN } from './built-in.ts'
import { createTemplatesStore } from './templates-store.ts'
import { type TemplateActor, Templates } from './templates.ts'

const SETTINGS = {
  name: 'Retrospective',
  description: 'Every other week',
  durationMinutes: 50,
  policy: { ...DEFAULT_POLICY, joinBeforeHost: false },
  agenda: 'What went well',
}
const MISSING = { code: 'not_found', message: 'There is no such template.' }

describe('templates', () => {
  let database: Database
  let templates: Templates
  let ana: TemplateActor
  let bo: TemplateActor
  let admin: TemplateActor
  beforeEach(async () => {
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    templates = new Templates(createTemplatesStore(database))
    ana = { userId: await insertUser(database), role: 'user' }
    bo = { userId: await insertUser(database), role: 'user' }
    admin = { userId: await insertUser(database, { role: 'administrator' }), role: 'administrator' }
  })
  afterEach(() => database.close())

  const ownOf = async (actor: TemplateActor) =>
    (await templates.list(actor)).filter(({ kind }) => kind !== 'built-in')

  it('come with the program, for everyone and for nobody to change', async () => {
    const list = await templates.list(ana)
    expect(list.map(({ id }) => id)).toEqual(['team-meeting', 'one-to-one', 'interview', 'class', 'webinar'])
    for (const template of list) {
      expect(Template.parse(template)).toEqual(template)
      expect(template).toMatchObject({ kind: 'built-in', editable: false })
      // One could make the same oneself.
      const { id: _, kind: _k, editable: _e, ...settings } = template
      expect(createTemplate.body.safeParse({ ...settings, kind: 'personal' }).success).toBe(true)
    }
  })

  it('of one person are theirs alone', async () => {
    const template = await templates.create(ana, { ...SETTINGS, kind: 'personal' })
    expect(template).toEqual({ ...SETTINGS, id: expect.any(String), kind: 'personal', editable: true })
    expect(await ownOf(ana)).toEqual([template])
    for (const other of [bo, admin]) {
      expect(await ownOf(other)).toEqual([])
      await expect(templates.update(template.id, other, { name: 'Mine' })).rejects.toMatchObject(MISSING)
      await expect(templates.remove(template.id, other)).rejects.toMatchObject(MISSING)
      await expect(templates.resolve(template.id, other.userId)).rejects.toMatchObject(MISSING)
    }
    await expect(templates.resolve(template.id, null)).rejects.toMatchObject(MISSING)
    expect(await templates.resolve(template.id, ana.userId)).toMatchObject(SETTINGS)
  })

  it('of the organisation are made, changed and deleted by administrators, and used by all users', async () => {
    await expect(templates.create(ana, { ...SETTINGS, kind: 'organisation' })).rejects.toMatchObject({
      code: 'forbidden',
    })
    const { id } = await templates.create(admin, { ...SETTINGS, kind: 'organisation' })
    expect(await ownOf(ana)).toMatchObject([{ id, kind: 'organisation', editable: false }])
    expect(await ownOf(admin)).toMatchObject([{ id, kind: 'organisation', editable: true }])
    await expect(templates.update(id, ana, { name: 'Mine' })).rejects.toMatchObject(MISSING)
    await expect(templates.remove(id, ana)).rejects.toMatchObject(MISSING)
    expect(await templates.resolve(id, ana.userId)).toMatchObject(SETTINGS)
    await expect(templates.resolve(id, null)).rejects.toMatchObject(MISSING)
    await templates.remove(id, admin)
    expect(await ownOf(ana)).toEqual([])
  })

  it('change in what is said, and stay in the rest', async () => {
    const { id } = await templates.create(ana, { ...SETTINGS, kind: 'personal' })
    const policy = { ...DEFAULT_POLICY, chat: 'nobody' as const }
    const changed = await templates.update(id, ana, { agenda: '', policy, name: undefined })
    expect(changed).toMatchObject({ ...SETTINGS, agenda: '', policy })
    expect(await ownOf(ana)).toEqual([changed])
    expect(await templates.update(id, ana, {})).toEqual(changed)
  })

  it('are not found when there is none', async () => {
    for (const id of [randomUUID(), 'team-meeting', 'constructor', '']) {
      await expect(templates.update(id, admin, { name: 'x' })).rejects.toMatchObject(MISSING)
      await expect(templates.remove(id, admin)).rejects.toMatchObject(MISSING)
    }
    for (const id of [randomUUID(), 'seminar', 'constructor', ''])
      await expect(templates.resolve(id, ana.userId)).rejects.toMatchObject(MISSING)
  })

  it('that are built in serve strangers too, and none serves when none is named', async () => {
    for (const { id, policy, agenda } of BUILT_IN)
      expect(await templates.resolve(id, null)).toMatchObject({ policy, agenda })
    expect(await templates.resolve(undefined, null)).toBeNull()
  })

  it('are at most 100 of each owner', async () => {
    for (let made = 0; made < 100; made += 1)
      await templates.create(ana, { ...SETTINGS, name: `No. ${made}`, kind: 'personal' })
    await expect(templates.create(ana, { ...SETTINGS, kind: 'personal' })).rejects.toMatchObject({
      code: 'conflict',
      message: 'There are 100 templates: delete one first.',
    })
    await templates.create(bo, { ...SETTINGS, kind: 'personal' })
    await templates.create(admin, { ...SETTINGS, kind: 'organisation' })
    const [first] = await ownOf(ana)
    await templates.remove(first?.id ?? '', ana)
    await templates.create(ana, { ...SETTINGS, kind: 'personal' })
  })

  it('are part of what a user takes with them, as far as they are theirs', async () => {
    const mine = await templates.create(admin, { ...SETTINGS, kind: 'personal' })
    await templates.create(admin, { ...SETTINGS, kind: 'organisation' })
    expect((await templates.exportOf(admin.userId)).map(({ id }) => id)).toEqual([mine.id])
    expect(await templates.exportOf(randomUUID() as UserId)).toEqual([])
  })
})
