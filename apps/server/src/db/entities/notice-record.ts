import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { MeetingRecord } from './meeting-record.ts'
import { UserRecord } from './user-record.ts'

/** Table `notices`: what accounts are told in the app. */
export const NoticeRecord = defineEntity({
  name: 'NoticeRecord',
  tableName: 'notices',
  indexes: [{ properties: ['user', 'createdAt', 'id'] }, { properties: ['user', 'readAt'] }],
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(UserRecord).deleteRule('cascade'),
    meeting: () => p.manyToOne(MeetingRecord).nullable().index().deleteRule('set null'),
    kind: p.string().length(40),
    meetingTitle: p.string().length(120),
    actor: p.string().length(64).nullable(),
    detail: p.string().length(100).nullable(),
    createdAt: timestamp(),
    readAt: timestamp().nullable(),
  },
})
export type NoticeRecord = InferEntity<typeof NoticeRecord>
