import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'
import { UserRecord } from './user-record.ts'

/** Table `invitations`. */
export const InvitationRecord = defineEntity({
  name: 'InvitationRecord',
  tableName: 'invitations',
  uniques: [{ properties: ['meeting', 'emailKey'] }],
  properties: {
    id: p.uuid().primary(),
    meeting: () => p.manyToOne(MeetingRecord).index().deleteRule('cascade'),
    /** The account of the invited person, as soon as there is one with this confirmed address. */
    user: () => p.manyToOne(UserRecord).nullable().index().deleteRule('set null'),
    email: p.string().length(254),
    /** `email` in lower case. */
    emailKey: p.string().length(254).index(),
    name: p.string().length(64).nullable(),
    role: p.string().length(20),
    status: p.string().length(20),
    note: p.text().nullable(),
    /** As `MeetingSchedule`: the other time that was proposed. */
    proposal: p.json<Record<string, unknown>>().nullable(),
    answeredAt: timestamp().nullable(),
    createdAt: timestamp(),
  },
})
export type InvitationRecord = InferEntity<typeof InvitationRecord>
