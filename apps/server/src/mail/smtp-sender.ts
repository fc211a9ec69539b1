import { createTransport, type NodemailerError } from 'nodemailer'
import { MailRefused } from './mail-refused.ts'
import type { MailSender } from './mailer.ts'
import { parseSmtpUrl } from './smtp-url.ts'

const MAX_CONNECTIONS = 4
const CONNECT_MS = 10_000
const SILENCE_MS = 30_000
/** However busy the server seems, a mail is done with after this time. */
const WHOLE_MS = 120_000

/** @throws {SmtpUrlError} */
export function createSmtpSender(smtpUrl: string): MailSender {
  const { host, port, secure, requireTLS, verify, auth } = parseSmtpUrl(smtpUrl)
  const transport = createTransport({
    pool: true,
    maxConnections: MAX_CONNECTIONS,
    // The queue sends once more.
    maxRequeues: 0,
    host,
    port,
    secure,
    requireTLS,
    ...(auth && { auth }),
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: verify },
    dnsTimeout: CONNECT_MS,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ envelope, raw }) {
      try {
        await transport.sendMail({
          envelope: { from: envelope.from, to: [...envelope.to] },
          raw,
          signal: AbortSignal.timeout(WHOLE_MS),
        })
      } catch (error) {
        throw refusalOf(error as NodemailerError)
      }
    },
    close: () => transport.close(),
  }
}

/**
 * Only what the server says for ever about this address or this mail is permanent. A wrong password, a sender that is
 * not allowed or a certificate that is not trusted are for the operator to put right, and then the mail goes out.
 */
function refusalOf(error: NodemailerError): MailRefused {
  const { responseCode = 0, command = '' } = error
  const isAboutMail = command === 'RCPT TO' || command === 'DATA'
  // 530, 534, 535, 538: who wants to send has to sign in.
  const isAboutSender = [530, 534, 535, 538].includes(responseCode)
  const permanent = isAboutMail && !isAboutSender && responseCode >= 500 && responseCode < 600
  return new MailRefused(error.message, permanent, { cause: error })
}
