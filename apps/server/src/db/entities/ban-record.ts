import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'

/** Table `bans`: who may not come into a meeting. */
export const BanRecord = defineEntity({
  name: 'BanRecord',
  tableName: 'bans',
  properties: {
    id: p.uuid().primary(),
    meeting: () => p.manyToOne(MeetingRecord).index().deleteRule('cascade'),
    personKey: p.string().length(64),
    /** Network that is kept out too. */
    address: p.string().length(64).nullable(),
    /** As the person was called. */
    name: p.string().length(64),
    by: p.string().length(64),
    at: timestamp(),
  },
})
export type BanRecord = InferEntity<typeof BanRecord>
