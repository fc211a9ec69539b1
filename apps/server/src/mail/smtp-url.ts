/** How to reach the server that takes the mails. */
export interface SmtpSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte on, instead of STARTTLS. */
  readonly secure: boolean
  /** Rather no mail than one in the clear. */
  readonly requireTLS: boolean
  /** False: any certificate will do. */
  readonly verify: boolean
  readonly auth: { readonly user: string; readonly pass: string } | null
}

/** SMTP_URL cannot be used; the message says what to write instead and shows nothing of it. */
export class SmtpUrlError extends Error {
  override readonly name = 'SmtpUrlError'
}

const EXAMPLE = 'smtp://user:password@mail.example.org:587'
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/
const TLS_WORDS = ['optional', 'required', 'unverified']

/**
 * Reads `smtp://[user:password@]host[:port]` (STARTTLS when it is offered; port 587) or `smtps://…` (TLS from the
 * beginning; port 465). Behind it may stand one of
 * - `?tls=required`: send nothing without TLS. The default where there is a password and the server is not this machine.
 * - `?tls=optional`: send without TLS, password and all, to a server that offers none. Else the default.
 * - `?tls=unverified`: with TLS, but take any certificate.
 *
 * @throws {SmtpUrlError}
 */
export function parseSmtpUrl(text: string): SmtpSettings {
  const url = parsed(text)
  const secure = url.protocol === 'smtps:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  const auth = credentials(url)
  const tls = tlsWord(url)
  if (secure && tls === 'optional')
    throw new SmtpUrlError('?tls=optional does not go with smtps://, which always has TLS; use smtp://.')
  return {
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: tls === undefined ? auth !== null && !LOOPBACK.test(host) : tls !== 'optional',
    verify: tls !== 'unverified',
    auth,
  }
}

function parsed(text: string): URL {
  if (!/^smtps?:\/\//i.test(text))
    throw new SmtpUrlError(`It has to begin with smtp:// or smtps://, such as ${EXAMPLE}.`)
  const url = URL.parse(text)
  if (!url)
    throw new SmtpUrlError(
      `It is not an address such as ${EXAMPLE}. Write characters such as @ : / # % in a password as %40 %3A %2F %23 %25.`,
    )
  if (url.hostname === '') throw new SmtpUrlError(`It names no host; write it such as ${EXAMPLE}.`)
  if (url.port === '0') throw new SmtpUrlError('The port has to be a number from 1 to 65535.')
  if (url.hash !== '' || !['', '/'].includes(url.pathname))
    throw new SmtpUrlError('Nothing may follow the port. Write / and # in a password as %2F and %23.')
  return url
}

function credentials({ username, password }: URL): SmtpSettings['auth'] {
  if (username === '' && password === '') return null
  if (username === '' || password === '')
    throw new SmtpUrlError(`User and password go together: smtp://user:password@host, or neither.`)
  try {
    return { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
  } catch {
    throw new SmtpUrlError('A % in the user or the password has to be written as %25.')
  }
}

function tlsWord({ searchParams }: URL): string | undefined {
  const unknown = [...searchParams.keys()].find((name) => name !== 'tls')
  if (unknown !== undefined)
    throw new SmtpUrlError('Only ?tls= may follow the host and the port. Write ? in a password as %3F.')
  const [word, ...more] = searchParams.getAll('tls')
  if (word !== undefined && (more.length > 0 || !TLS_WORDS.includes(word)))
    throw new SmtpUrlError(`?tls= has to be one of ${TLS_WORDS.join(', ')}.`)
  return word
}
