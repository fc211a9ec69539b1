import type { Database } from '../../db/database.ts'
import { QueuedMailRecord } from '../../db/entities/queued-mail-record.ts'
import type { QueuedMailsStore } from '../../mail/mail-queue.ts'
import type { MailMessage } from '../../mail/mailer.ts'

/** Keeps mails in the database until they have gone out. */
export function createQueuedMailsStore(database: Pick<Database, 'fork'>): QueuedMailsStore {
  return {
    async add({ message, ...mail }) {
      await database.fork().insert(QueuedMailRecord, {
        ...mail,
        message: { ...message },
        createdAt: mail.dueAt,
        lastError: null,
      })
    },
    async take(limit, now, until) {
      const em = database.fork()
      const records = await em.find(
        QueuedMailRecord,
        { dueAt: { $lte: now } },
        { orderBy: { dueAt: 'asc' }, limit },
      )
      const taken = await Promise.all(
        records.map(async ({ id, message, attempts, dueAt }) => {
          // Of two who want it at once, the one who moves it has it.
          const count = await em.fork().nativeUpdate(QueuedMailRecord, { id, dueAt }, { dueAt: until })
          return count === 1 ? [{ id, message: message as unknown as MailMessage, attempts }] : []
        }),
      )
      return taken.flat()
    },
    async retryAt(id, dueAt, attempts, error) {
      await database.fork().nativeUpdate(QueuedMailRecord, { id }, { dueAt, attempts, lastError: error })
    },
    async remove(id) {
      await database.fork().nativeDelete(QueuedMailRecord, { id })
    },
  }
}
