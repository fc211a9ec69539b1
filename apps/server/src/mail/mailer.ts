import { randomUUID } from 'node:crypto'
import type { Logger } from '../platform/logger.ts'
import { compose, type ComposedMail, domainOf } from './compose.ts'
import { createOutbox } from './outbox.ts'
import { createSmtpSender } from './smtp-sender.ts'

export { MailRefused } from './mail-refused.ts'

/** A letter to one person. */
export interface MailMessage {
  readonly to: { readonly address: string; readonly name?: string }
  /** Who gets the replies of people; the sender of the server itself when absent. */
  readonly replyTo?: { readonly address: string; readonly name?: string }
  /** Name of the person who caused the email; absent when the server did. */
  readonly sender?: string
  readonly subject: string
  readonly text: string
  readonly html: string
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly content: string }
  /** The same when the mail is sent once more, so that it can be recognised; without @, the sender's domain is added. */
  readonly messageId?: string
}

export interface Mailer {
  /** `outbox`: mails become files in a folder, as there is no server that takes them. */
  readonly kind: 'smtp' | 'outbox'
  /**
   * Resolves when the server has taken the mail, or the file is there.
   *
   * @throws {MailRefused} `permanent` when to send it once more would be in vain
   */
  send(message: MailMessage): Promise<void>
  /** Closes the connections. */
  close(): void
}

export interface MailerOptions {
  /** As `parseSmtpUrl` reads it; without it, mails go to the outbox. */
  readonly smtpUrl?: string | undefined
  /** `address`, or `name <address>`. */
  readonly from: string
  /** Made when it is needed. */
  readonly outboxDir: string
  readonly log: Logger
}

/** What takes composed mails. */
export interface MailSender {
  send(mail: ComposedMail): Promise<void>
  close(): void
}

/** @throws {SmtpUrlError} */
export function createMailer({ smtpUrl, from, outboxDir, log }: MailerOptions): Mailer {
  const kind = smtpUrl === undefined ? 'outbox' : 'smtp'
  const sender = smtpUrl === undefined ? createOutbox(outboxDir) : createSmtpSender(smtpUrl)
  const domain = domainOf(from)
  return {
    kind,
    async send(message) {
      const id = message.messageId ?? randomUUID()
      const mail = await compose(message, { from, messageId: id.includes('@') ? id : `${id}@${domain}` })
      await sender.send(mail)
      log.debug({ messageId: mail.messageId, kind }, 'mail sent')
    },
    close: () => sender.close(),
  }
}
