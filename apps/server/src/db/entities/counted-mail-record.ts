import { defineEntity, type InferEntity, p } from '@mikro-orm/core'
import { timestamp } from '../columns.ts'

/** Table `counted_mails`: the emails of the last day, which budgets count. Holds no content and no address. */
export const CountedMailRecord = defineEntity({
  name: 'CountedMailRecord',
  tableName: 'counted_mails',
  indexes: [
    { properties: ['account', 'countedAt'] },
    { properties: ['recipientHash', 'purpose', 'countedAt'] },
  ],
  properties: {
    id: p.uuid().primary(),
    /** Id of the account that caused the email. Not a reference: deleting an account must not refill its budget. */
    account: p.string().length(36).nullable(),
    /** SHA-256 of the recipient's address in lower case, base64url. */
    recipientHash: p.string().length(64),
    purpose: p.string().length(100),
    countedAt: timestamp().index(),
  },
})
export type CountedMailRecord = InferEntity<typeof CountedMailRecord>
