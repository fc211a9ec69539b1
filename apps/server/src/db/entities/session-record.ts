import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { UserRecord } from './user-record.ts'

/** Table `sessions`: one row per family of refresh tokens, that is per device on which someone is signed in. */
export const SessionRecord = defineEntity({
  name: 'SessionRecord',
  tableName: 'sessions',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(UserRecord).index().deleteRule('cascade'),
    /** How often the refresh token was rotated. */
    generation: p.integer(),
    /** Random part from which the tokens of the family are made, together with the server's key. */
    seed: p.string().length(64),
    /** SHA-256 of the token that is good now, base64url. */
    tokenHash: p.string().length(64),
    rotatedAt: timestamp(),
    userAgent: p.string().length(300),
    address: p.string().length(64),
    createdAt: timestamp(),
    lastUsedAt: timestamp(),
    /** When its owner last proved who they are after signing in; null until they do. */
    confirmedAt: timestamp().nullable(),
    expiresAt: timestamp().index(),
  },
})
export type SessionRecord = InferEntity<typeof SessionRecord>
