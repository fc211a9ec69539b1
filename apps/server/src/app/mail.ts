import path from 'node:path'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import type { SendLetter } from '../features/accounts/accounts-options.ts'
import type { MailReplies } from '../features/invitations/mail-replies.ts'
import { createMailCountsStore } from '../features/mail/mail-counts-store.ts'
import { createQueuedMailsStore } from '../features/mail/queued-mails-store.ts'
import { MailBudget, type MailBudgetOptions } from '../mail/mail-budget.ts'
import { createMailQueue } from '../mail/mail-queue.ts'
import { type Mailbox, openMailbox } from '../mail/mailbox.ts'
import { createMailer } from '../mail/mailer.ts'
import { createPost } from '../mail/post.ts'
import type { Logger } from '../platform/logger.ts'

export interface MailParts {
  readonly config: Config
  readonly database: Database
  /** The account whose budget the email counts against. */
  readonly findAccount: MailBudgetOptions['findAccount']
  readonly log: Logger
}

/** Sends email through a queue, and reads the mailbox if one is configured. */
export function openMail({ config, database, findAccount, log }: MailParts) {
  const mailer = createMailer({
    ...(config.smtpUrl !== undefined && { smtpUrl: config.smtpUrl }),
    from: config.mailFrom,
    outboxDir: path.join(config.dataDir, 'outbox'),
    log,
  })
  const queue = createMailQueue({ mailer, store: createQueuedMailsStore(database), log })
  const budget = new MailBudget({
    store: createMailCountsStore(database),
    limits: config.mailLimits,
    findAccount,
  })
  const post = createPost(budget, queue)
  const sendLetter: SendLetter = (to, purpose, write) =>
    post.trySend({ purpose, account: null, recipients: [to.address] }, async () => ({
      to,
      ...(await write()),
    }))
  let mailbox: Mailbox | undefined
  return {
    kind: mailer.kind,
    post,
    sendLetter,
    forgetOld: () => budget.forgetOld(),
    /** Starts to hand what arrives in the mailbox to `replies`; undefined when there is no mailbox. */
    readAnswers(replies: MailReplies | undefined): void {
      if (!config.mailbox || !replies) return
      mailbox = openMailbox({ settings: config.mailbox, onMessage: (raw) => replies.receive(raw), log })
    },
    /** Waits for the answer that is being recorded. */
    async stopReading(): Promise<void> {
      await mailbox?.close()
    },
    /** Emails that haven't gone out wait for the next start. */
    async close(): Promise<void> {
      await queue.close()
      mailer.close()
    },
  }
}
