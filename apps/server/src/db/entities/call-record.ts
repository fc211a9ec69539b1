import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'

/** Table `calls`: what was decided in a call that is on, for the process that takes it over after a restart. */
export const CallRecord = defineEntity({
  name: 'CallRecord',
  tableName: 'calls',
  properties: {
    meeting: () => p.oneToOne(MeetingRecord).primary().owner().deleteRule('cascade'),
    /** As `StoredCall`. */
    state: p.json<Record<string, unknown>>(),
    updatedAt: timestamp(),
  },
})
export type CallRecord = InferEntity<typeof CallRecord>
