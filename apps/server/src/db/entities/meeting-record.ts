import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { UserRecord } from './user-record.ts'

/** Table `meetings`. */
export const MeetingRecord = defineEntity({
  name: 'MeetingRecord',
  tableName: 'meetings',
  properties: {
    id: p.uuid().primary(),
    code: p.string().length(16).unique(),
    title: p.string().length(120),
    /** `title` folded, for searching. */
    titleKey: p.string().length(360).nullable(),
    createdAt: timestamp(),
    /** Null when somebody without an account made it. */
    owner: () => p.manyToOne(UserRecord).nullable().index().deleteRule('cascade'),
    description: p.text().nullable(),
    agenda: p.text().nullable(),
    /** As `MeetingSchedule`; null for a meeting without a time. */
    schedule: p.json<Record<string, unknown>>().nullable(),
    /** As `MeetingPolicy`; null for the default. */
    policy: p.json<Record<string, unknown>>().nullable(),
    /** PHC string. */
    passwordHash: p.string().length(200).nullable(),
    /** `open`, `ended`, `closed` or `cancelled`; whether it is live is known by the room. */
    state: p.string().length(20).default('open'),
    startedAt: timestamp().nullable(),
    endedAt: timestamp().nullable(),
    /** Start of the occurrence that is on or comes next. */
    nextStartsAt: timestamp().nullable(),
    /** When something is due: the next occurrence, the end, the purge. */
    dueAt: timestamp().nullable().index(),
    /** When the reminder of `nextStartsAt` is due; null when it has gone out. */
    remindAt: timestamp().nullable().index(),
    updatedAt: timestamp().nullable(),
    /** Counts the changes. */
    version: p.integer().default(1),
    /** SEQUENCE of the calendar entries that were sent. */
    sequence: p.integer().default(0),
  },
})
export type MeetingRecord = InferEntity<typeof MeetingRecord>
