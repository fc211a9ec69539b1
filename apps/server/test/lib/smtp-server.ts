import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { callbackify } from 'node:util'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server'
import { patient } from '../../../../scripts/test/time-factor.ts'

/** A mail as it arrived. */
export interface ParsedMail {
  /** Addresses of the envelope, in lower case. */
  readonly to: readonly string[]
  readonly from: { readonly address: string; readonly name: string }
  readonly subject: string
  readonly text: string
  readonly html: string
  /** By lower-case name; of several with one name, the last. */
  readonly headers: ReadonlyMap<string, string>
  /** The part that clients of mail show as an invitation. */
  readonly calendar: { readonly method: string; readonly content: string } | null
  readonly attachments: readonly {
    readonly filename: string
    readonly type: string
    readonly content: string
  }[]
  readonly raw: Buffer
  /** Whether it came over TLS. */
  readonly encrypted: boolean
}

export interface SmtpRefusal {
  /** 4xx: for now; 5xx: for ever. */
  readonly code: number
  /** Where: `rcpt` the address, `data` (default) the mail. */
  readonly at?: 'rcpt' | 'data'
}

export interface SmtpServerOptions {
  /** Whether a mail to `address` is refused; asked for each. */
  readonly refuse?: (address: string) => SmtpRefusal | undefined
  /** Who may send; without it, everyone. */
  readonly auth?: { readonly user: string; readonly pass: string }
  /** Offers STARTTLS, with a certificate that nobody trusts. */
  readonly tls?: boolean
}

export interface TestSmtpServer {
  /** For SMTP_URL. */
  readonly url: string
  /** All mails so far, or those to one address, in the order in which they came. */
  mails(to?: string): readonly ParsedMail[]
  /**
   * The first mail to `to` that `predicate` takes: of those that are there, else of those to come.
   *
   * @throws {Error} after 15 s, with what came instead
   */
  waitForMail(to: string, predicate?: (mail: ParsedMail) => boolean): Promise<ParsedMail>
  close(): Promise<void>
}

const PATIENCE_MS = patient(15_000)

/** An SMTP server on a free port of this machine that keeps what it gets. */
export async function startSmtpServer({
  refuse,
  auth,
  tls,
}: SmtpServerOptions = {}): Promise<TestSmtpServer> {
  const received: ParsedMail[] = []
  const waiting = new Set<() => void>()
  const refusal = (address: string, at: 'rcpt' | 'data') => {
    const found = refuse?.(address.toLowerCase())
    if (!found || (found.at ?? 'data') !== at) return null
    return Object.assign(new Error('refused by the test'), { responseCode: found.code })
  }
  const server = new SMTPServer({
    disabledCommands: [...(tls ? [] : ['STARTTLS']), ...(auth ? [] : ['AUTH'])],
    allowInsecureAuth: true,
    authOptional: auth === undefined,
    disableReverseLookup: true,
    // Clients keep their connections open.
    closeTimeout: 1,
    logger: false,
    onAuth({ username, password }, _session, done) {
      const isRight = username === auth?.user && password === auth?.pass
      done(isRight ? null : new Error('Wrong user or password'), isRight ? { user: username } : undefined)
    },
    onRcptTo({ address }, _session, done) {
      done(refusal(address, 'rcpt'))
    },
    onData: callbackify(async (stream: SMTPServerDataStream, { envelope, secure }: SMTPServerSession) => {
      const to = envelope.rcptTo.map(({ address }) => address.toLowerCase())
      const raw = await buffer(stream)
      const refused = to.map((address) => refusal(address, 'data')).find((error) => error !== null)
      if (refused) throw refused
      received.push({ ...(await parse(raw)), to, raw, encrypted: secure })
      for (const look of waiting) look()
    }),
  })
  // Clients that break off are no failure of a test.
  server.on('error', () => undefined)
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  const credentials = auth ? `${encodeURIComponent(auth.user)}:${encodeURIComponent(auth.pass)}@` : ''

  const mails = (to?: string) =>
    received.filter((mail) => to === undefined || mail.to.includes(to.toLowerCase()))

  return {
    url: `smtp://${credentials}127.0.0.1:${port}`,
    mails,
    async waitForMail(to, predicate = () => true) {
      const find = () => mails(to).find(predicate)
      const { promise, resolve, reject } = Promise.withResolvers<ParsedMail>()
      const look = () => {
        const mail = find()
        if (mail) resolve(mail)
      }
      const timer = setTimeout(() => {
        const came = received.map((mail) => `${mail.to.join()}: ${mail.subject}`).join('; ')
        reject(new Error(`No such mail to ${to} in ${PATIENCE_MS / 1000} s. Came: ${came || 'none'}.`))
      }, PATIENCE_MS)
      waiting.add(look)
      look()
      return promise.finally(() => {
        clearTimeout(timer)
        waiting.delete(look)
      })
    },
    async close() {
      await new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
    },
  }
}

async function parse(raw: Buffer): Promise<Omit<ParsedMail, 'to' | 'raw' | 'encrypted'>> {
  const mail = await PostalMime.parse(raw)
  const attachments = mail.attachments.map(({ filename, mimeType, content }) => ({
    filename: filename ?? '',
    type: mimeType,
    content: textOf(content),
  }))
  const calendar = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')
  return {
    from: { address: mail.from?.address ?? '', name: mail.from?.name ?? '' },
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    html: mail.html ?? '',
    headers: new Map(mail.headers.map(({ key, value }) => [key, value])),
    calendar: calendar ? { method: calendar.method ?? '', content: textOf(calendar.content) } : null,
    attachments,
  }
}

function textOf(content: string | ArrayBuffer | Uint8Array): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(content)
}
