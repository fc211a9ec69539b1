import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'

/** Table `queued_mails`: letters that have not gone out yet. */
export const QueuedMailRecord = defineEntity({
  name: 'QueuedMailRecord',
  tableName: 'queued_mails',
  properties: {
    id: p.uuid().primary(),
    message: p.json<Record<string, unknown>>(),
    attempts: p.integer(),
    dueAt: timestamp().index(),
    createdAt: timestamp(),
    lastError: p.string().length(500).nullable(),
  },
})
export type QueuedMailRecord = InferEntity<typeof QueuedMailRecord>
