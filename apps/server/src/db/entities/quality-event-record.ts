import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'

/** Table `quality_events`: what bore on how people were connected in a call. */
export const QualityEventRecord = defineEntity({
  name: 'QualityEventRecord',
  tableName: 'quality_events',
  indexes: [{ properties: ['meeting', 'at'] }],
  properties: {
    id: p.uuid().primary(),
    meeting: () => p.manyToOne(MeetingRecord).deleteRule('cascade'),
    at: timestamp(),
    kind: p.string().length(20),
    /** Whom it is about: null for what concerns everyone. */
    personKey: p.string().length(64).nullable(),
    userId: p.uuid().nullable().index(),
    name: p.string().length(64).nullable(),
    /** The rest of a `QualityEvent`. */
    details: p.json<Record<string, unknown>>(),
  },
})
export type QualityEventRecord = InferEntity<typeof QualityEventRecord>
