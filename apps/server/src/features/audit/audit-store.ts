import type { Database } from '../../db/database.ts'
import { AuditRecord } from '../../db/entities/audit-record.ts'
import type { Position } from '../../platform/cursor.ts'

export interface StoredAct {
  readonly id: string
  readonly at: Date
  readonly actorId: string | null
  readonly actor: string | null
  readonly action: string
  readonly subjectId: string | null
  readonly subject: string | null
  readonly details: Record<string, unknown> | null
  readonly address: string | null
}

export interface AuditStore {
  add(act: StoredAct): Promise<void>
  /** Latest first. */
  list(page: { readonly after: Position | null; readonly limit: number }): Promise<StoredAct[]>
  removeBefore(time: Date): Promise<void>
}

export function createAuditStore(database: Pick<Database, 'fork'>): AuditStore {
  return {
    async add(act) {
      await database.fork().insert(AuditRecord, act)
    },
    async list({ after, limit }) {
      const where = after
        ? { at: { $lte: after.at }, $or: [{ at: { $lt: after.at } }, { id: { $lt: after.id } }] }
        : {}
      const records = await database
        .fork()
        .find(AuditRecord, where, { orderBy: [{ at: 'desc' }, { id: 'desc' }], limit })
      return records.map((record) => ({
        id: record.id,
        at: record.at,
        actorId: record.actorId ?? null,
        actor: record.actor ?? null,
        action: record.action,
        subjectId: record.subjectId ?? null,
        subject: record.subject ?? null,
        details: record.details ?? null,
        address: record.address ?? null,
      }))
    },
    async removeBefore(time) {
      await database.fork().nativeDelete(AuditRecord, { at: { $lt: time } })
    },
  }
}
