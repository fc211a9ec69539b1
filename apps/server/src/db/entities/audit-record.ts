import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'

/** Table `audit_log`: who did what. Names are kept, since accounts go. */
export const AuditRecord = defineEntity({
  name: 'AuditRecord',
  tableName: 'audit_log',
  indexes: [{ properties: ['at', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    at: timestamp(),
    actorId: p.uuid().nullable(),
    actor: p.string().length(64).nullable(),
    action: p.string().length(60),
    subjectId: p.string().length(64).nullable(),
    subject: p.string().length(300).nullable(),
    details: p.json<Record<string, unknown>>().nullable(),
    address: p.string().length(64).nullable(),
  },
})
export type AuditRecord = InferEntity<typeof AuditRecord>
