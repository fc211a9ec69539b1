import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'

/** Table `qualities`: how somebody was connected during one stay in a call. */
export const QualityRecord = defineEntity({
  name: 'QualityRecord',
  tableName: 'qualities',
  indexes: [{ properties: ['meeting', 'startedAt'] }],
  properties: {
    id: p.uuid().primary(),
    meeting: () => p.manyToOne(MeetingRecord).deleteRule('cascade'),
    /** The account or the guest's id: who it is, across stays. */
    personKey: p.string().length(64),
    userId: p.uuid().nullable().index(),
    name: p.string().length(64),
    startedAt: timestamp(),
    /** Of the last measurement. */
    endedAt: timestamp().nullable(),
    /** As `QualityPoint`, the oldest first; bounded. */
    points: p.json<unknown[]>(),
  },
})
export type QualityRecord = InferEntity<typeof QualityRecord>
