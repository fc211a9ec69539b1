/** How to reach the mailbox that receives answers from calendar programs. */
export interface ImapSettings {
  readonly host: string
  readonly port: number
  /** TLS from the first byte on, instead of STARTTLS. */
  readonly secure: boolean
  readonly user: string
  readonly pass: string
  readonly folder: string
  /** Address of the mailbox; undefined for the address of MAIL_FROM. */
  readonly address?: string
}

/** IMAP_URL cannot be used. The message says what to write instead and shows nothing of the value. */
export class ImapUrlError extends Error {
  override readonly name = 'ImapUrlError'
}

const EXAMPLE = 'imaps://user:password@mail.example.org'
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/
/** A token of 41 characters and a plus sign follow the name; a local part has at most 64 characters (RFC 5321). */
const MAX_LOCAL_PART = 22
const ADDRESS = new RegExp(`^[\\w.-]{1,${MAX_LOCAL_PART}}@[^\\s@<>"]+$`)

/**
 * Reads `imaps://user:password@host[:port][/folder][?address=meet@example.org]` (TLS from the beginning, port 993), or
 * `imap://…` for a server on this machine (port 143). The folder is INBOX unless the path names another.
 *
 * @throws {ImapUrlError}
 */
export function parseImapUrl(text: string): ImapSettings {
  const url = parse(text)
  const secure = url.protocol === 'imaps:'
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1')
  if (!secure && !LOOPBACK.test(host))
    throw new ImapUrlError('Use imaps://: the password would cross the network unencrypted.')
  const address = addressIn(url)
  return {
    host,
    port: url.port === '' ? (secure ? 993 : 143) : Number(url.port),
    secure,
    user: decode(url.username),
    pass: decode(url.password),
    folder: decode(url.pathname.slice(1)) || 'INBOX',
    ...(address !== undefined && { address }),
  }
}

/** Whether the address leaves room for the token that is put behind a plus sign. */
export function takesReplyToken(address: string): boolean {
  return ADDRESS.test(address)
}

function parse(text: string): URL {
  if (!/^imaps?:\/\//i.test(text)) throw new ImapUrlError(`Begin it with imaps://, such as ${EXAMPLE}.`)
  const url = URL.parse(text)
  if (!url || url.hostname === '' || url.port === '0')
    throw new ImapUrlError(
      `Write it like ${EXAMPLE}. In the user name and the password, write @ : / # % as %40 %3A %2F %23 %25.`,
    )
  if (url.username === '' || url.password === '')
    throw new ImapUrlError(`Add the user name and the password: ${EXAMPLE}.`)
  if (url.hash !== '') throw new ImapUrlError('Write # in the password as %23.')
  return url
}

function addressIn({ searchParams }: URL): string | undefined {
  if ([...searchParams.keys()].some((name) => name !== 'address'))
    throw new ImapUrlError('Only ?address= may follow the folder. Write ? in the password as %3F.')
  const address = searchParams.get('address') ?? undefined
  if (address !== undefined && !takesReplyToken(address))
    throw new ImapUrlError(
      `?address= has to be the address of the mailbox, with at most ${MAX_LOCAL_PART} characters before the @.`,
    )
  return address
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ImapUrlError('Write % in the user name and the password as %25.')
  }
}
