import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'
import { UserRecord } from './user-record.ts'

/**
 * Table `memberships`: whose lists a meeting stands in. `past` and `at` repeat what the meeting says, so that a page of
 * a list is read from one index however many meetings there are.
 */
export const MembershipRecord = defineEntity({
  name: 'MembershipRecord',
  tableName: 'memberships',
  indexes: [{ properties: ['user', 'past', 'at', 'meeting'] }],
  properties: {
    user: () => p.manyToOne(UserRecord).primary().deleteRule('cascade'),
    meeting: () => p.manyToOne(MeetingRecord).primary().index().deleteRule('cascade'),
    /** `owner` or `invited`. */
    relation: p.string().length(10),
    past: p.boolean(),
    at: timestamp(),
  },
})
export type MembershipRecord = InferEntity<typeof MembershipRecord>
