import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'

/** Table `idempotency_keys`: first answers to calls that may be repeated. */
export const IdempotencyRecord = defineEntity({
  name: 'IdempotencyRecord',
  tableName: 'idempotency_keys',
  properties: {
    /** SHA-256 of caller, route and key, base64url. */
    id: p.string().length(64).primary(),
    /** SHA-256 of the body, base64url. */
    bodyHash: p.string().length(64),
    /** Null while the first call is at work. */
    answer: p.json<Record<string, unknown>>().nullable(),
    createdAt: timestamp().index(),
  },
})
export type IdempotencyRecord = InferEntity<typeof IdempotencyRecord>
