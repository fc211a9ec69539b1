import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'

/** Table `stays`: somebody was in a call from then to then. */
export const StayRecord = defineEntity({
  name: 'StayRecord',
  tableName: 'stays',
  indexes: [{ properties: ['meeting', 'joinedAt'] }],
  properties: {
    id: p.uuid().primary(),
    meeting: () => p.manyToOne(MeetingRecord).deleteRule('cascade'),
    participantId: p.uuid(),
    /** The account or the guest's id: who it is, across seats. */
    personKey: p.string().length(64),
    userId: p.uuid().nullable().index(),
    name: p.string().length(64),
    role: p.string().length(20),
    joinedAt: timestamp(),
    /** Last time the server saw the person there; the end, should the server die. */
    seenAt: timestamp(),
    leftAt: timestamp().nullable().index(),
  },
})
export type StayRecord = InferEntity<typeof StayRecord>
