import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../../db/database.ts'
import { AuditRecord } from '../../db/entities/audit-record.ts'
import { createLogger } from '../../platform/logger.ts'
import { createAuditStore } from './audit-store.ts'
import { type Audit, createAudit } from './audit.ts'

const ANA = { userId: '7d9f6a52-5f0e-4b6f-9a86-0a3f3c1d2e4b', name: 'Ana' }
const DAY_MS = 86_400_000

describe('the audit log', () => {
  let database: Database
  let now: Date
  let audit: Audit
  const log = createLogger({ level: 'silent' })
  beforeEach(async () => {
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
    now = new Date('2026-03-04T05:06:07.089Z')
    audit = createAudit(createAuditStore(database), log, () => now)
  })
  afterEach(() => database.close())

  const actions = async (query: Parameters<Audit['list']>[0] = {}) =>
    (await audit.list(query)).items.map(({ action }) => action)

  it('tells who did what to whom, from where', async () => {
    const subject = { id: 'b', name: 'Bo' }
    await audit.record({ actor: ANA, action: 'user.disabled', subject, address: '192.0.2.1' })
    expect((await audit.list({})).items).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        at: '2026-03-04T05:06:07.089Z',
        actor: 'Ana',
        action: 'user.disabled',
        subject: 'Bo',
        address: '192.0.2.1',
      },
    ])
  })

  it('keeps what is not shown: ids and details', async () => {
    await audit.record({ actor: ANA, action: 'settings.changed', details: { signUp: 'closed' } })
    expect(await database.fork().find(AuditRecord, {})).toMatchObject([
      { actorId: ANA.userId, subjectId: null, details: { signUp: 'closed' } },
    ])
  })

  it('knows acts of the server itself', async () => {
    await audit.record({ action: 'meeting.deleted', subject: { id: 'm', name: 'x'.repeat(400) } })
    const [entry] = (await audit.list({})).items
    expect(entry).toMatchObject({ actor: null, subject: 'x'.repeat(300), address: null })
  })

  it('is read page by page, latest first, whole though several acts were at once', async () => {
    for (const [index, minutes] of [0, 1, 1, 1, 2].entries()) {
      now = new Date(Date.UTC(2026, 2, 4, 5, minutes))
      await audit.record({ action: `act.${index}` })
    }
    const all = await actions()
    expect([all[0], all[4]]).toEqual(['act.4', 'act.0'])
    const read: string[] = []
    let cursor: string | undefined
    do {
      const page = await audit.list({ limit: 2, cursor })
      read.push(...page.items.map(({ action }) => action))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(read).toEqual(all)
  })

  it('forgets what is older than a year', async () => {
    await audit.record({ action: 'act.old' })
    now = new Date(now.getTime() + 1)
    await audit.record({ action: 'act.young' })
    now = new Date(now.getTime() + 365 * DAY_MS)
    await audit.forgetOld()
    expect(await actions()).toEqual(['act.young'])
  })

  it('does not undo an act that it cannot write down', async () => {
    const lines: string[] = []
    const destination = { write: (line: string) => void lines.push(line) }
    const broken = { ...createAuditStore(database), add: () => Promise.reject(new Error('disk full')) }
    await createAudit(broken, createLogger({ level: 'error', destination })).record({
      action: 'user.disabled',
    })
    expect(lines.join()).toContain('disk full')
    expect(lines.join()).toContain('user.disabled')
  })
})
