import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'

/** Table `users`: accounts. */
export const UserRecord = defineEntity({
  name: 'UserRecord',
  tableName: 'users',
  indexes: [{ properties: ['createdAt', 'id'] }],
  properties: {
    id: p.uuid().primary(),
    email: p.string().length(254),
    /** `email` in lower case. */
    emailKey: p.string().length(254).unique(),
    emailVerifiedAt: timestamp().nullable(),
    name: p.string().length(64),
    /** `name` folded, for searching; null until the server has started once since the column was added. */
    nameKey: p.string().length(360).nullable(),
    /** PHC string; null until the owner has set one. */
    passwordHash: p.string().length(200).nullable(),
    language: p.string().length(35),
    timeZone: p.string().length(64),
    role: p.string().length(20),
    state: p.string().length(20),
    /** Changes with the picture; null without one. */
    avatarVersion: p.string().length(40).nullable(),
    createdAt: timestamp(),
    lastSeenAt: timestamp().nullable(),
  },
})
export type UserRecord = InferEntity<typeof UserRecord>
