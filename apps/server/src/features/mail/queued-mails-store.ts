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
    async due(now, limit) {
      const records = await database
        .fork()
        .find(QueuedMailRecord, { dueAt: { $lte: now } }, { orderBy: { dueAt: 'asc' }, limit })
      return records.map(({ id, message, attempts, dueAt }) => ({
        id,
        message: message as unknown as MailMessage,
        attempts,
        dueAt,
      }))
    },
    async lease({ id, dueAt }, until) {
      return (await database.fork().nativeUpdate(QueuedMailRecord, { id, dueAt }, { dueAt: until })) === 1
    },
    async retryAt(id, dueAt, { attempts, error }) {
      await database.fork().nativeUpdate(QueuedMailRecord, { id }, { dueAt, attempts, lastError: error })
    },
    async remove(id) {
      await database.fork().nativeDelete(QueuedMailRecord, { id })
    },
  }
}
