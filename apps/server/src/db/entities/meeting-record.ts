import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'

/** Table `meetings`. */
export const MeetingRecord = defineEntity({
  name: 'MeetingRecord',
  tableName: 'meetings',
  properties: {
    id: p.uuid().primary(),
    code: p.string().length(16).unique(),
    title: p.string().length(120),
    createdAt: timestamp(),
  },
})
export type MeetingRecord = InferEntity<typeof MeetingRecord>
