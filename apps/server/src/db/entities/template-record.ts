import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { UserRecord } from './user-record.ts'

/** Table `templates`: settings under a name, from which meetings are made. */
export const TemplateRecord = defineEntity({
  name: 'TemplateRecord',
  tableName: 'templates',
  properties: {
    id: p.uuid().primary(),
    /** Null when it belongs to the organisation. */
    owner: () => p.manyToOne(UserRecord).nullable().index().deleteRule('cascade'),
    name: p.string().length(80),
    description: p.string().length(500),
    durationMinutes: p.integer(),
    policy: p.json<Record<string, unknown>>(),
    agenda: p.text(),
    createdAt: timestamp(),
  },
})
export type TemplateRecord = InferEntity<typeof TemplateRecord>
