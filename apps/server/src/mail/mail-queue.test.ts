import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../platform/logger.ts'
import { createMailQueue, type QueuedMail, type QueuedMailsStore } from './mail-queue.ts'
import { type MailMessage, MailRefused } from './mailer.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

const message = (subject = 'Hello'): MailMessage => ({
  to: { address: 'bo@example.org' },
  subject,
  text: 'SECRET TEXT',
  html: '<p>SECRET TEXT</p>',
})

type Send = (mail: MailMessage) => Promise<void>
type Row = QueuedMail & { dueAt: Date; error?: string }

function memoryStore() {
  const rows = new Map<string, Row>()
  const store: QueuedMailsStore = {
    add: async (mail) => void rows.set(mail.id, mail),
    async take(limit, now, until) {
      const due = [...rows.values()].filter(({ dueAt }) => dueAt <= now).slice(0, limit)
      for (const row of due) rows.set(row.id, { ...row, dueAt: until })
      return due
    },
    async retryAt(id, retry) {
      const row = rows.get(id)
      if (row) rows.set(id, { ...row, ...retry })
    },
    remove: async (id) => void rows.delete(id),
  }
  return { rows, store }
}

/** A mailer whose mails the test lets go, one by one. */
function gate() {
  const sent: MailMessage[] = []
  const open: { done: () => void; fail: (error: Error) => void }[] = []
  const send = vi.fn<Send>((mail) => {
    sent.push(mail)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    open.push({ done: resolve, fail: reject })
    return promise
  })
  return { send, sent, open }
}

function setUp(send: Send, memory = memoryStore()) {
  const lines: string[] = []
  const log = createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } })
  const queue = createMailQueue({ mailer: { send }, store: memory.store, log })
  return { ...memory, queue, lines }
}

const settle = () => vi.advanceTimersByTimeAsync(0)

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the queue of mails', () => {
  it('sends a mail at once and forgets it', async () => {
    const send = vi.fn<Send>(async () => undefined)
    const { queue, rows } = setUp(send)
    await queue.enqueue(message())
    await settle()
    expect(send).toHaveBeenCalledOnce()
    expect(send).toHaveBeenCalledWith({ ...message(), messageId: expect.any(String) as string })
    expect(rows.size).toBe(0)
    await queue.close()
  })

  it('keeps a mail until it is sent', async () => {
    const { send, open } = gate()
    const { queue, rows } = setUp(send)
    await queue.enqueue(message())
    await settle()
    expect(rows.size).toBe(1)
    open[0]?.done()
    await settle()
    expect(rows.size).toBe(0)
    await queue.close()
  })

  it('sends four at a time', async () => {
    const { send, sent, open } = gate()
    const { queue, rows } = setUp(send)
    for (let number = 1; number <= 10; number++) await queue.enqueue(message(`Number ${number}`))
    await settle()
    expect(sent).toHaveLength(4)
    open[0]?.done()
    await settle()
    expect(sent).toHaveLength(5)
    for (let index = 1; index < 10; index++) {
      open[index]?.done()
      await settle()
    }
    expect(sent.map(({ subject }) => subject)).toEqual(
      Array.from({ length: 10 }, (_, index) => `Number ${index + 1}`),
    )
    expect(rows.size).toBe(0)
    await queue.close()
  })

  it('tries again after 1, 5, 15 and 60 minutes, under the same name', async () => {
    const times: number[] = []
    const ids = new Set<string | undefined>()
    const { queue, rows } = setUp(async ({ messageId }) => {
      times.push(Date.now())
      ids.add(messageId)
      if (times.length < 6) throw new MailRefused('busy', false)
    })
    await queue.enqueue(message())
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS)
    const gaps = times.slice(1).map((time, index) => Math.round((time - (times[index] ?? 0)) / MINUTE_MS))
    expect(gaps).toEqual([1, 5, 15, 60, 60])
    expect(ids.size).toBe(1)
    expect(rows.size).toBe(0)
    await queue.close()
  })

  it('drops a mail that did not go out in a day, and says so', async () => {
    const send = vi.fn<Send>(() => Promise.reject(new MailRefused('busy', false)))
    const { queue, rows, lines } = setUp(send)
    await queue.enqueue(message())
    await vi.advanceTimersByTimeAsync(23 * HOUR_MS)
    expect(rows.size).toBe(1)
    await vi.advanceTimersByTimeAsync(3 * HOUR_MS)
    expect(rows.size).toBe(0)
    expect(send).toHaveBeenCalledTimes(27)
    expect(lines.join()).toContain('mail dropped after a day')
    await queue.close()
  })

  it('drops a mail at once that is refused for ever, and says so', async () => {
    const send = vi.fn<Send>(() => Promise.reject(new MailRefused('550 no such user', true)))
    const { queue, rows, lines } = setUp(send)
    await queue.enqueue(message())
    await vi.advanceTimersByTimeAsync(2 * HOUR_MS)
    expect(send).toHaveBeenCalledOnce()
    expect(rows.size).toBe(0)
    expect(lines.join()).toMatch(/550 no such user.*mail refused, dropped/)
    await queue.close()
  })

  it('tells the log and the store the reason, but nothing of the mail', async () => {
    const error = Object.assign(new MailRefused('x'.repeat(2000), false, { cause: message() }), {
      mail: message(),
    })
    const { queue, rows, lines } = setUp(() => Promise.reject(error))
    await queue.enqueue(message('SECRET SUBJECT'))
    await settle()
    expect([...rows.values()].map(({ error: reason }) => reason)).toEqual(['x'.repeat(500)])
    expect(lines.join()).toContain('will be tried again')
    expect(lines.join()).not.toMatch(/SECRET|bo@example/)
    await queue.close()
  })

  it('does not let mails that fail hold up the others', async () => {
    const sent: string[] = []
    const { queue, rows } = setUp(async ({ subject }) => {
      if (subject === 'bad') throw new MailRefused('busy', false)
      sent.push(subject)
    })
    for (let count = 0; count < 8; count++) await queue.enqueue(message('bad'))
    await queue.enqueue(message('good'))
    await settle()
    expect(sent).toEqual(['good'])
    expect(rows.size).toBe(8)
    await queue.close()
  })

  it('sends after a crash what was not sent before', async () => {
    const memory = memoryStore()
    // The process dies while the mail is on its way, and before another one.
    setUp(() => new Promise(() => undefined), memory)
    await memory.store.add({ id: 'a', message: message('on its way'), attempts: 0, dueAt: new Date() })
    await vi.advanceTimersByTimeAsync(15_000)
    vi.clearAllTimers()
    await memory.store.add({
      id: 'b',
      message: message('waits'),
      attempts: 0,
      dueAt: new Date(Date.now() - 1),
    })
    const sent: string[] = []
    const { queue } = setUp(async ({ subject }) => void sent.push(subject), memory)
    await settle()
    expect(sent).toEqual(['waits'])
    await vi.advanceTimersByTimeAsync(6 * MINUTE_MS)
    expect(sent).toEqual(['waits', 'on its way'])
    await queue.close()
  })

  it('goes on when the store fails for a while', async () => {
    const memory = memoryStore()
    const take = vi.spyOn(memory.store, 'take').mockRejectedValueOnce(new Error('database away'))
    const send = vi.fn<Send>(async () => undefined)
    const { queue, rows, lines } = setUp(send, memory)
    await memory.store.add({ id: 'a', message: message(), attempts: 0, dueAt: new Date() })
    await settle()
    expect(take).toHaveBeenCalledOnce()
    expect(lines.join()).toContain('cannot be read')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(send).toHaveBeenCalledOnce()
    expect(rows.size).toBe(0)
    await queue.close()
  })

  it('refuses to take a mail that it cannot keep', async () => {
    const memory = memoryStore()
    vi.spyOn(memory.store, 'add').mockRejectedValue(new Error('database away'))
    const { queue } = setUp(async () => undefined, memory)
    await expect(queue.enqueue(message())).rejects.toThrow('database away')
    await queue.close()
  })

  it('waits at its end for what is on its way, sends nothing more, and keeps what comes', async () => {
    const { send, sent, open } = gate()
    const { queue, rows } = setUp(send)
    await queue.enqueue(message('on its way'))
    await settle()
    let isClosed = false
    const closing = queue.close().then(() => (isClosed = true))
    await queue.enqueue(message('late'))
    await vi.advanceTimersByTimeAsync(1000)
    expect(isClosed).toBe(false)
    open[0]?.done()
    await closing
    await vi.advanceTimersByTimeAsync(HOUR_MS)
    expect(sent.map(({ subject }) => subject)).toEqual(['on its way'])
    expect([...rows.values()].map((row) => row.message.subject)).toEqual(['late'])
    await queue.close()
  })

  it('does not wait for ever at its end', async () => {
    const { queue, rows, lines } = setUp(() => new Promise(() => undefined))
    await queue.enqueue(message())
    await settle()
    const closing = queue.close()
    await vi.advanceTimersByTimeAsync(6000)
    await closing
    expect(rows.size).toBe(1)
    expect(lines.join()).toContain('may be sent once more')
  })
})
