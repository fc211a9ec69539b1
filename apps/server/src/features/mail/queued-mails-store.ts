import type { Database } from '../../db/database.ts'
import { QueuedMailRecord } from '../../db/entities/queued-mail-record.ts'
import type { QueuedMail, QueuedMailsStore } from '../../mail/mail-queue.ts'
import type { MailMessage } from '../../mail/mailer.ts'

/** Keeps mails in the database until they have gone out. */
export function createQueuedMailsStore(database: Pick<Database, 'fork'>): QueuedMailsStore {
  return {
    async add({ id, message, attempts, dueAt }) {
      await database.fork().insert(QueuedMailRecord, {
        id,
        message: { ...message },
        attempts,
        dueAt,
        createdAt: dueAt,
        lastError: null,
      })
    },

    async take(limit, now, until) {
      const em = database.fork()
      const due = await em.find(
        QueuedMailRecord,
        { dueAt: { $lte: now } },
        { orderBy: [{ dueAt: 'asc' }, { id: 'asc' }], limit },
      )
      const taken: QueuedMail[] = []
      for (const { id, message, attempts, dueAt } of due) {
        // Another process may have been faster.
        const count = await em.nativeUpdate(QueuedMailRecord, { id, dueAt }, { dueAt: until })
        if (count === 1) taken.push({ id, message: message as unknown as MailMessage, attempts })
      }
      return taken
    },

    async retryAt(id, { dueAt, attempts, error }) {
      await database.fork().nativeUpdate(QueuedMailRecord, { id }, { dueAt, attempts, lastError: error })
    },

    async remove(id) {
      await database.fork().nativeDelete(QueuedMailRecord, { id })
    },
  }
}
