import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { UserRecord } from './user-record.ts'

/** Table `api_tokens`: tokens for scripts. */
export const ApiTokenRecord = defineEntity({
  name: 'ApiTokenRecord',
  tableName: 'api_tokens',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(UserRecord).index().deleteRule('cascade'),
    name: p.string().length(80),
    /** SHA-256, base64url. */
    tokenHash: p.string().length(64).unique(),
    scopes: p.json<string[]>(),
    createdAt: timestamp(),
    lastUsedAt: timestamp().nullable(),
    expiresAt: timestamp().nullable(),
  },
})
export type ApiTokenRecord = InferEntity<typeof ApiTokenRecord>
