import { setTimeout as sleep } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import type { Logger } from '../platform/logger.ts'
import type { ImapSettings } from './imap-url.ts'

/** An answer from a calendar program has a few kilobytes. */
const MAX_MESSAGE_BYTES = 256 * 1024
const AT_ONCE = 50
const CONNECT_TIMEOUT_MS = 20_000
/** Servers without push get asked this often; those with it are also asked, in case a push got lost. */
const POLL_MS = 60_000
const FIRST_RETRY_MS = 5000
const MAX_RETRY_MS = 5 * 60_000

export interface MailboxOptions {
  readonly settings: ImapSettings
  /**
   * Gets each unread message once. Resolves to whether it was of use: any other stays flagged, for a person to look at.
   * A rejection leaves the message unread; it comes again.
   */
  readonly onMessage: (raw: Uint8Array) => Promise<boolean>
  readonly log: Logger
}

export interface Mailbox {
  /** Waits for the message that is being read. */
  close(): Promise<void>
}

/** Reads an IMAP folder as long as the process runs; connects again when the server goes away. */
export function openMailbox(options: MailboxOptions): Mailbox {
  const closing = new AbortController()
  const running = keepReading(options, closing.signal)
  return {
    async close() {
      closing.abort()
      await running
    },
  }
}

async function keepReading(options: MailboxOptions, closing: AbortSignal): Promise<void> {
  let delayMs = FIRST_RETRY_MS
  while (!closing.aborted) {
    try {
      await readUntilLost(options, closing, () => {
        delayMs = FIRST_RETRY_MS
      })
    } catch (error) {
      if (closing.aborted) return
      // Not the whole error: it can hold the password.
      const reason = error instanceof Error ? error.message : String(error)
      options.log.warn({ reason, retrySeconds: delayMs / 1000 }, 'the mailbox cannot be read')
    }
    await sleep(delayMs, undefined, { signal: closing, ref: false }).catch(() => undefined)
    delayMs = Math.min(delayMs * 2, MAX_RETRY_MS)
  }
}

/** @param onOpen called when the folder is open */
async function readUntilLost(
  { settings, onMessage, log }: MailboxOptions,
  closing: AbortSignal,
  onOpen: () => void,
): Promise<void> {
  const { host, port, secure, user, pass, folder } = settings
  const client = new ImapFlow({
    host,
    port,
    secure,
    auth: { user, pass },
    connectionTimeout: CONNECT_TIMEOUT_MS,
    logger: false,
  })
  const end = () => client.close()
  client.on('error', () => undefined)
  closing.addEventListener('abort', end, { once: true })
  try {
    await client.connect()
    const untilArrival = watchArrivals(client)
    await client.mailboxOpen(folder)
    onOpen()
    log.info({ host, folder }, 'reading the mailbox')
    while (!closing.aborted && client.usable) {
      const more = await readUnread(client, onMessage)
      if (!more) await untilArrival(closing)
    }
  } finally {
    closing.removeEventListener('abort', end)
    client.close()
  }
}

/** @returns whether there may be more */
async function readUnread(client: ImapFlow, onMessage: MailboxOptions['onMessage']): Promise<boolean> {
  const found = (await client.search({ seen: false }, { uid: true })) || []
  const uids = found.slice(0, AT_ONCE)
  for (const uid of uids) {
    const wasOfUse = await readOne(client, uid, onMessage)
    const flags = wasOfUse ? ['\\Seen'] : ['\\Seen', '\\Flagged']
    await client.messageFlagsAdd(String(uid), flags, { uid: true })
  }
  return found.length > uids.length
}

async function readOne(
  client: ImapFlow,
  uid: number,
  onMessage: MailboxOptions['onMessage'],
): Promise<boolean> {
  const about = await client.fetchOne(String(uid), { size: true }, { uid: true })
  if (!about || (about.size ?? Infinity) > MAX_MESSAGE_BYTES) return false
  // This leaves the message unread: if the answer can't be stored now, it comes again.
  const message = await client.fetchOne(
    String(uid),
    { source: { maxLength: MAX_MESSAGE_BYTES } },
    { uid: true },
  )
  return message && message.source ? onMessage(message.source) : false
}

/** Wakes when the server announces a message; one that came while the last were read counts too. */
function watchArrivals(client: ImapFlow): (signal: AbortSignal) => Promise<void> {
  let hasArrived = false
  let wake: () => void = () => undefined
  client.on('exists', () => {
    hasArrived = true
    wake()
  })
  client.on('close', () => wake())
  return async (signal) => {
    if (!hasArrived) {
      const arrived = new AbortController()
      wake = () => arrived.abort()
      const either = AbortSignal.any([signal, arrived.signal])
      // Ends with the next command, which is the search that follows.
      client.idle().catch(() => undefined)
      await sleep(POLL_MS, undefined, { signal: either, ref: false }).catch(() => undefined)
    }
    hasArrived = false
  }
}
