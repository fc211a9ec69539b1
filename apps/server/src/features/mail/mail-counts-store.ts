import { randomUUID } from 'node:crypto'
import type { Database } from '../../db/database.ts'
import { CountedMailRecord } from '../../db/entities/counted-mail-record.ts'
import type { MailCountsStore } from '../../mail/mail-budget.ts'
import { hashOfToken } from '../../platform/secret-token.ts'

/** Counts emails in the database, without their content and with hashes instead of addresses. */
export function createMailCountsStore(database: Pick<Database, 'fork'>): MailCountsStore {
  return {
    async add({ purpose, account, recipients }, countedAt) {
      const rows = recipients.map((address) => ({
        id: randomUUID(),
        account,
        recipientHash: hashOfAddress(address),
        purpose,
        countedAt,
      }))
      await database.fork().insertMany(CountedMailRecord, rows)
    },
    count: ({ since, purposes, account }) =>
      database.fork().count(CountedMailRecord, {
        countedAt: { $gt: since },
        purpose: { $in: [...purposes] },
        ...(account !== undefined && { account }),
      }),
    async countTo(addresses, { since, purposes, account }) {
      const byHash = new Map(addresses.map((address) => [hashOfAddress(address), address]))
      const rows = await database.fork().find(
        CountedMailRecord,
        {
          recipientHash: { $in: [...byHash.keys()] },
          purpose: { $in: [...purposes] },
          countedAt: { $gt: since },
          ...(account !== undefined && { account }),
        },
        { fields: ['recipientHash'] },
      )
      const counts = new Map<string, number>()
      for (const { recipientHash } of rows) {
        const address = byHash.get(recipientHash)
        if (address !== undefined) counts.set(address, (counts.get(address) ?? 0) + 1)
      }
      return counts
    },
    async removeBefore(time) {
      await database.fork().nativeDelete(CountedMailRecord, { countedAt: { $lt: time } })
    },
  }
}

function hashOfAddress(address: string): string {
  return hashOfToken(address.normalize('NFC').toLowerCase())
}
