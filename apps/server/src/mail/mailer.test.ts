import { chmod, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import ICAL from 'ical.js'
import PostalMime from 'postal-mime'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { startSmtpServer, type SmtpServerOptions } from '../../test/lib/smtp-server.ts'
import { calendarFile } from '../calendar/calendar-file.ts'
import { createLogger } from '../platform/logger.ts'
import { createMailer, type MailMessage, MailRefused } from './mailer.ts'

const from = 'Video Meet <no-reply@meet.example.org>'
const calendar = {
  method: 'REQUEST',
  content: calendarFile({
    method: 'REQUEST',
    uid: 'a@meet.example.org',
    sequence: 0,
    title: 'Añejo 🎉, weekly',
    description: 'Long. '.repeat(40),
    url: 'https://meet.example.org/meeting/abc',
    schedule: { startsAt: new Date('2026-12-01T08:00:00Z'), durationMinutes: 45, timeZone: 'Europe/Vienna' },
    organizer: { name: 'Ana', address: 'ana@example.org' },
    takesReplies: false,
    attendees: [{ address: 'bo@example.org', status: 'needs-action' }],
    now: new Date('2026-11-01T08:00:00Z'),
  }),
} as const
const message: MailMessage = {
  to: { address: 'bo@example.org', name: 'Bö, "the" builder' },
  subject: 'Invitation: Añejo 🎉 '.repeat(6).trim(),
  text: 'Hello,\n.\n..dots at the start of lines\nFrom here on: ünïcode 🎉\n',
  html: '<p>Hello, ünïcode 🎉</p>',
  calendar,
}

let outboxDir: string
beforeEach(async () => {
  outboxDir = path.join(await mkdtemp(path.join(tmpdir(), 'video-meet-mail-')), 'outbox')
})
afterEach(() => rm(path.dirname(outboxDir), { recursive: true, force: true }))

function mailerFor(smtpUrl?: string) {
  const log = createLogger({ level: 'silent' })
  const mailer = createMailer({ ...(smtpUrl !== undefined && { smtpUrl }), from, outboxDir, log })
  onTestFinished(() => mailer.close())
  return mailer
}

async function smtp(options?: SmtpServerOptions) {
  const server = await startSmtpServer(options)
  const mailer = mailerFor(server.url)
  onTestFinished(() => server.close())
  return { server, mailer }
}

async function inOutbox(): Promise<string[]> {
  const names = await readdir(outboxDir)
  return Promise.all(names.toSorted().map((name) => readFile(path.join(outboxDir, name), 'utf8')))
}

const refused = async (sending: Promise<void>) => {
  const error: unknown = await sending.then(
    () => 'sent',
    (reason: unknown) => reason,
  )
  if (!(error instanceof MailRefused)) throw new Error(`not refused: ${String(error)}`)
  return error
}

describe('a mail to a server', () => {
  it('arrives as it was, with text, HTML and invitation', async () => {
    const { server, mailer } = await smtp()
    expect(mailer.kind).toBe('smtp')
    await mailer.send({ ...message, messageId: 'abc-1' })
    const mail = await server.waitForMail('bo@example.org')
    expect(mail.to).toEqual(['bo@example.org'])
    expect(mail.from).toEqual({ address: 'no-reply@meet.example.org', name: 'Video Meet' })
    expect(mail.subject).toBe(message.subject)
    expect(mail.text.replaceAll('\r\n', '\n').trim()).toBe(message.text.trim())
    expect(mail.html.trim()).toBe(message.html)
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.headers.get('message-id')).toBe('<abc-1@meet.example.org>')
    expect(Date.parse(mail.headers.get('date') ?? '')).toBeGreaterThan(Date.now() - 60_000)
    const { to } = await PostalMime.parse(mail.raw)
    expect(to).toEqual([message.to])
  })

  it('has the calendar entry as clients expect it: to show, and as a file', async () => {
    const { server, mailer } = await smtp()
    await mailer.send(message)
    const { calendar: part, attachments, raw } = await server.waitForMail('bo@example.org')
    // The parser gives text with plain line feeds.
    expect(part).toEqual({ method: 'REQUEST', content: calendar.content.replaceAll('\r\n', '\n') })
    expect(attachments.map(({ filename, type }) => [filename, type])).toContainEqual([
      'invite.ics',
      'application/ics',
    ])
    const file = Buffer.from(calendar.content).toString('base64')
    expect(raw.toString().replaceAll('\r\n', '')).toContain(file)
    expect(
      new ICAL.Component(ICAL.parse(part?.content ?? '') as unknown[]).getFirstPropertyValue('method'),
    ).toBe('REQUEST')
    expect(raw.toString()).toMatch(
      /^Content-Type: multipart\/alternative;[\s\S]*^Content-Type: text\/calendar; charset=utf-8; method=REQUEST/m,
    )
  })

  it('has no such part without one', async () => {
    const { server, mailer } = await smtp()
    const { calendar: _, ...plain } = message
    await mailer.send(plain)
    const mail = await server.waitForMail('bo@example.org')
    expect(mail.calendar).toBeNull()
    expect(mail.attachments).toEqual([])
  })

  it('signs in', async () => {
    const { server, mailer } = await smtp({ auth: { user: 'ana@example.org', pass: 'p@ss:/?#%' } })
    await mailer.send(message)
    expect(server.mails('bo@example.org')).toHaveLength(1)
  })

  it('goes over few connections when there are many', async () => {
    const { server, mailer } = await smtp()
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        mailer.send({ ...message, to: { address: `p${index}@example.org` } }),
      ),
    )
    expect(new Set(server.mails().flatMap(({ to }) => to)).size).toBe(30)
  })

  it.each([
    [{ code: 550, at: 'rcpt' }, true],
    [{ code: 450, at: 'rcpt' }, false],
    [{ code: 554, at: 'data' }, true],
    [{ code: 452, at: 'data' }, false],
    [{ code: 530, at: 'rcpt' }, false],
  ] as const)('that is refused with %j is so for ever: %s', async (refusal, permanent) => {
    const { mailer } = await smtp({ refuse: () => refusal })
    const error = await refused(mailer.send(message))
    expect(error.permanent).toBe(permanent)
    expect(error.message).toContain(String(refusal.code))
  })

  it('is not given up when the password is wrong', async () => {
    const server = await startSmtpServer({ auth: { user: 'ana', pass: 'right' } })
    onTestFinished(() => server.close())
    const error = await refused(mailerFor(server.url.replace('right', 'wrong')).send(message))
    expect(error.permanent).toBe(false)
    expect(error.message).not.toContain('wrong')
  })

  it('is not given up when the server is away', async () => {
    const server = await startSmtpServer()
    await server.close()
    expect((await refused(mailerFor(server.url).send(message))).permanent).toBe(false)
  })

  it('is not given up when the server hangs up', async () => {
    const server = createServer((socket) => socket.end('220 hello\r\n'))
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    expect((await refused(mailerFor(`smtp://127.0.0.1:${port}`).send(message))).permanent).toBe(false)
  })

  it('goes over TLS where that is offered, but not to a server that nobody vouches for', async () => {
    const server = await startSmtpServer({ tls: true })
    onTestFinished(() => server.close())
    const error = await refused(mailerFor(server.url).send(message))
    expect(error.permanent).toBe(false)
    expect(error.message).toMatch(/certificate/i)
    expect(server.mails()).toEqual([])
    await mailerFor(`${server.url}?tls=unverified`).send(message)
    expect(server.mails().map(({ encrypted }) => encrypted)).toEqual([true])
  })

  it('does not go out in the clear where TLS is required', async () => {
    const server = await startSmtpServer()
    onTestFinished(() => server.close())
    expect((await refused(mailerFor(`${server.url}?tls=required`).send(message))).permanent).toBe(false)
    expect(server.mails()).toEqual([])
  })
})

describe('a mail without a server', () => {
  it('becomes a file that only its owner can read', async () => {
    const mailer = mailerFor()
    expect(mailer.kind).toBe('outbox')
    await mailer.send(message)
    const [name, ...others] = await readdir(outboxDir)
    expect(others).toEqual([])
    expect(name).toMatch(/^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d-\d{3}Z-[0-9a-f]{8}\.eml$/)
    expect((await stat(outboxDir)).mode & 0o777).toBe(0o700)
    expect((await stat(path.join(outboxDir, name ?? ''))).mode & 0o777).toBe(0o600)
    const mail = await PostalMime.parse(await readFile(path.join(outboxDir, name ?? '')))
    expect(mail.subject).toBe(message.subject)
    expect(mail.to).toEqual([message.to])
  })

  it('is the same as one with a server, to the byte', async () => {
    const { server, mailer } = await smtp()
    const same = { ...message, messageId: 'same' }
    await mailer.send(same)
    await mailerFor().send(same)
    const { raw } = await server.waitForMail('bo@example.org')
    const [file = ''] = await inOutbox()
    // Boundaries are made anew each time, and so is the time.
    const bare = (mail: string) =>
      mail.replaceAll(/-*_NmP-[\w-]+/g, 'boundary').replace(/^Date: .*$/m, 'Date')
    expect(bare(file)).toBe(bare(raw.toString()))
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  })

  it('closes a folder that others could read', async () => {
    const mailer = mailerFor()
    await mailer.send(message)
    await chmod(outboxDir, 0o755)
    await mailer.send(message)
    expect((await stat(outboxDir)).mode & 0o777).toBe(0o700)
    expect(await inOutbox()).toHaveLength(2)
  })
})

describe('the head of a mail', () => {
  const evil = 'x\r\nBcc: evil@example.org\nX-Evil: 1\r\n\r\nbody\u0000\u2028\u0085'

  it('takes no lines from what is put into it', async () => {
    await mailerFor().send({
      ...message,
      to: { address: 'bo@example.org', name: evil },
      subject: evil,
      messageId: evil,
    })
    const [file = ''] = await inOutbox()
    const [head = ''] = file.split('\r\n\r\n')
    expect(head).not.toMatch(/^(bcc|x-evil):/im)
    const mail = await PostalMime.parse(file)
    const line = 'x Bcc: evil@example.\u2060org X-Evil: 1 body'
    expect(mail.subject).toBe(line)
    expect(mail.to).toEqual([{ address: 'bo@example.org', name: line }])
    expect(mail.bcc ?? []).toEqual([])
  })

  it('names the person who caused it, and has nothing that becomes a link', async () => {
    const name = 'Ana - open https://evil.test/login'
    await mailerFor().send({
      ...message,
      sender: name,
      to: { address: 'bo@example.org', name },
      replyTo: { address: 'ana@example.org', name },
      subject: `Invitation: ${name}`,
    })
    const [file = ''] = await inOutbox()
    const mail = await PostalMime.parse(file)
    const safe = 'Ana - open https:\u2060/\u2060/\u2060evil.\u2060test/\u2060login'
    expect(mail.from).toEqual({ address: 'no-reply@meet.example.org', name: `${safe} via Video Meet` })
    expect(mail.to).toMatchObject([{ name: safe }])
    expect(mail.replyTo).toMatchObject([{ name: safe }])
    expect(mail.subject).toBe(`Invitation: ${safe}`)
  })

  it.each([
    'bo@example.org\r\nBcc: evil@example.org',
    'bo@example.org, evil@example.org',
    'Bo <bo@example.org>',
    'bo@example.org> RCPT TO:<evil@example.org',
    'bo',
    '',
    'bo@ex ample.org',
  ])('has no address such as %j: it is refused for ever', async (address) => {
    expect((await refused(mailerFor().send({ ...message, to: { address } }))).permanent).toBe(true)
    await expect(readdir(outboxDir)).rejects.toThrow('ENOENT')
  })
})
