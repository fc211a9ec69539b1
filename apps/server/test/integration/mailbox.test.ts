/*
 * A real IMAP server: messages are read once, what is of no use is flagged for people, and a server that goes away is
 * read again when it is back.
 */
import { afterAll, beforeAll, beforeEach, expect, it, onTestFinished, vi } from 'vitest'
import { openMailbox } from '../../src/mail/mailbox.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { type Dovecot, startDovecot } from '../lib/dovecot.ts'

const log = createLogger({ level: 'silent' })
const PATIENCE = { timeout: 20_000 }

let dovecot: Dovecot
beforeAll(async () => {
  dovecot = await startDovecot()
})
afterAll(() => dovecot.stop())

let received: string[]
let failing: boolean
let failures: number
beforeEach(() => {
  received = []
  failing = false
  failures = 0
})

function open(): void {
  const mailbox = openMailbox({
    settings: { host: '127.0.0.1', port: dovecot.port, secure: false, folder: 'INBOX', ...dovecot.auth },
    onMessage: async (raw) => {
      if (failing) {
        failures += 1
        throw new Error('the database is away')
      }
      const subject = /^Subject: (.*)\r$/m.exec(new TextDecoder().decode(raw))?.[1] ?? ''
      received.push(subject)
      return subject.startsWith('Accepted')
    },
    log,
  })
  onTestFinished(() => mailbox.close())
}

const deliver = (subject: string, body = 'Hello') =>
  dovecot.deliver(new TextEncoder().encode(`From: bo@example.org\r\nSubject: ${subject}\r\n\r\n${body}\r\n`))
const arrived = (...subjects: string[]) => vi.waitFor(() => expect(received).toEqual(subjects), PATIENCE)

it('reads what was there before, then what is pushed, each once', async () => {
  deliver('Accepted: one')
  open()
  await arrived('Accepted: one')
  deliver('Spam')
  await arrived('Accepted: one', 'Spam')
  deliver('Accepted: two')
  await arrived('Accepted: one', 'Spam', 'Accepted: two')
  await vi.waitFor(async () => expect((await dovecot.flags()).toSorted()).toEqual(['FS', 'S', 'S']), PATIENCE)
})

it('flags a message that is far too large without reading it', async () => {
  const before = (await dovecot.flags()).length
  open()
  deliver('Accepted: large', 'x'.repeat(300_000))
  deliver('Accepted: small')
  await arrived('Accepted: small')
  await vi.waitFor(async () => {
    const flags = await dovecot.flags()
    expect(flags).toHaveLength(before + 2)
    expect(flags.filter((flag) => flag === 'FS')).toHaveLength(2)
  }, PATIENCE)
})

it('leaves a message unread that could not be dealt with, and gets it again', async () => {
  failing = true
  deliver('Accepted: later')
  open()
  await vi.waitFor(() => expect(failures).toBeGreaterThan(0), PATIENCE)
  expect(await dovecot.flags()).toContain('')
  failing = false
  await arrived('Accepted: later')
})

it('connects again when the server was away', async () => {
  open()
  deliver('Accepted: before')
  await arrived('Accepted: before')
  await dovecot.kill()
  deliver('Accepted: meanwhile')
  await dovecot.start()
  await arrived('Accepted: before', 'Accepted: meanwhile')
})
