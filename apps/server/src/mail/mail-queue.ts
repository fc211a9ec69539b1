import { randomUUID } from 'node:crypto'
import { withDeadline } from '../platform/deadline.ts'
import type { Logger } from '../platform/logger.ts'
import { SerialQueue } from '../platform/serial-queue.ts'
import { type Mailer, type MailMessage, MailRefused } from './mailer.ts'

export interface QueuedMail {
  readonly id: string
  readonly message: MailMessage
  /** Failed so far. */
  readonly attempts: number
}

export interface MailRetry {
  readonly dueAt: Date
  /** Failed so far. */
  readonly attempts: number
  /** Of the last failure; at most 500 characters. */
  readonly error: string
}

/** Where mails wait. */
export interface QueuedMailsStore {
  add(mail: QueuedMail & { readonly dueAt: Date }): Promise<void>
  /**
   * At most `limit` mails that are due at `now`, those first that have waited longest. They become due again at
   * `until`: whoever takes them meanwhile, in this process or another, does not get them, and when this process dies
   * they are not lost.
   */
  take(limit: number, now: Date, until: Date): Promise<readonly QueuedMail[]>
  retryAt(id: string, retry: MailRetry): Promise<void>
  remove(id: string): Promise<void>
}

export interface MailQueue {
  /** Keeps `message` and sends it as soon as can be. Once this resolves, it is not lost. */
  enqueue(message: MailMessage): Promise<void>
  /** Stops sending; what has not gone out waits for the next start. Mails can be added still. */
  close(): Promise<void>
}

export interface MailQueueOptions {
  readonly mailer: Pick<Mailer, 'send'>
  readonly store: QueuedMailsStore
  readonly log: Logger
  readonly now?: () => Date
}

const MINUTE_MS = 60_000
const AT_ONCE = 4
/** After so many failures a mail waits so many minutes; then an hour each time, until a day is over. */
const RETRY_MINUTES = [1, 5, 15]
const HOURLY = 60
const MAX_ATTEMPTS = RETRY_MINUTES.length + 24
/** How often the queue is looked at for mails whose time has come. */
const LOOK_MS = 15_000
/** Longer than a mailer takes, so that nothing is sent twice. */
const TAKEN_MS = 5 * MINUTE_MS
/** How long `close` waits for mails that are on their way. */
const CLOSE_MS = 5000
const MAX_ERROR_LENGTH = 500

/** Sends mails one way or another: at once, or when the server is there again. Begins with what is still waiting. */
export function createMailQueue({ mailer, store, log, now = () => new Date() }: MailQueueOptions): MailQueue {
  const underway = new Set<Promise<void>>()
  const looks = new SerialQueue()
  let willLook = false
  let isClosed = false

  /** Takes mails, if there are hands free; whenever one is done with, there is another look. */
  function look(): void {
    if (willLook || isClosed) return
    willLook = true
    looks
      .add(async () => {
        willLook = false
        const hands = AT_ONCE - underway.size
        if (hands <= 0) return
        const time = now()
        const mails = await store.take(hands, time, new Date(time.getTime() + TAKEN_MS))
        for (const mail of mails) start(mail)
      })
      .catch((error: unknown) => log.error({ err: error }, 'the queue of mails cannot be read'))
  }

  function start(mail: QueuedMail): void {
    const work = deliver(mail)
      .catch((error: unknown) =>
        log.error({ err: error, mail: mail.id }, 'the queue of mails cannot be written'),
      )
      .finally(() => {
        underway.delete(work)
        look()
      })
    underway.add(work)
  }

  async function deliver({ id, message, attempts }: QueuedMail): Promise<void> {
    try {
      await mailer.send({ messageId: id, ...message })
    } catch (error) {
      return failed(id, attempts + 1, error)
    }
    await store.remove(id)
  }

  async function failed(id: string, attempts: number, error: unknown): Promise<void> {
    // The error itself may hold the mail.
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, MAX_ERROR_LENGTH)
    const isPermanent = error instanceof MailRefused && error.permanent
    if (isPermanent || attempts >= MAX_ATTEMPTS) {
      log.error(
        { mail: id, attempts, reason },
        isPermanent ? 'mail refused, dropped' : 'mail dropped after a day',
      )
      return store.remove(id)
    }
    const minutes = RETRY_MINUTES[attempts - 1] ?? HOURLY
    log.warn({ mail: id, attempts, reason, minutes }, 'mail not sent, will be tried again')
    const dueAt = new Date(now().getTime() + minutes * MINUTE_MS)
    await store.retryAt(id, { dueAt, attempts, error: reason })
  }

  const timer = setInterval(look, LOOK_MS)
  timer.unref()
  look()

  return {
    async enqueue(message) {
      await store.add({ id: randomUUID(), message, attempts: 0, dueAt: now() })
      look()
    },
    async close() {
      isClosed = true
      clearInterval(timer)
      await looks.add(() => Promise.resolve())
      await withDeadline(Promise.all(underway), CLOSE_MS, 'sending mails').catch(() =>
        log.warn({ mails: underway.size }, 'mails were on their way; they may be sent once more'),
      )
    },
  }
}
