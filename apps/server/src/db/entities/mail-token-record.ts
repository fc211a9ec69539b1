import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'
import { UserRecord } from './user-record.ts'

/** Table `mail_tokens`: what the link in an email allows, once. */
export const MailTokenRecord = defineEntity({
  name: 'MailTokenRecord',
  tableName: 'mail_tokens',
  properties: {
    id: p.uuid().primary(),
    user: () => p.manyToOne(UserRecord).index().deleteRule('cascade'),
    purpose: p.string().length(20),
    /** SHA-256 of the account's state that the token was issued for, base64url; without it the token is void. */
    stateHash: p.string().length(64).nullable(),
    /** SHA-256, base64url. */
    tokenHash: p.string().length(64).unique(),
    createdAt: timestamp(),
    expiresAt: timestamp().index(),
  },
})
export type MailTokenRecord = InferEntity<typeof MailTokenRecord>
