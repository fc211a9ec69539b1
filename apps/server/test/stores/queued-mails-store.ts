import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { QueuedMailRecord } from '../../src/db/entities/queued-mail-record.ts'
import { createQueuedMailsStore } from '../../src/features/mail/queued-mails-store.ts'
import type { MailMessage } from '../../src/mail/mailer.ts'
import { expectIndexed, sqlOf } from '../lib/query-plan.ts'
import type { StoreSuite } from './store-suite.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute, 0, 89))
const UNTIL = at(30)

const message: MailMessage = {
  to: { address: 'bo@example.org', name: 'Bö "the" \\ builder' },
  subject: 'Añejo 🎉 100%',
  text: 'One\r\ntwo\n',
  html: `<p class="ink">${'ünïcode 🎉 '.repeat(3000)}</p>`,
  calendar: { method: 'REQUEST', content: 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n' },
}

export const testQueuedMailsStore: StoreSuite = ({ dialect, database }) => {
  const store = () => createQueuedMailsStore(database())
  async function add(minute: number) {
    const id = randomUUID()
    await store().add({ id, message, attempts: 0, dueAt: at(minute) })
    return id
  }
  const take = async (minute: number, limit = 10) =>
    (await store().take(limit, at(minute), UNTIL)).map(({ id }) => id)

  beforeEach(async () => {
    await database().fork().nativeDelete(QueuedMailRecord, {})
  })

  it('keeps a mail to the letter', async () => {
    const id = await add(0)
    expect(await store().take(10, at(0), UNTIL)).toEqual([{ id, message, attempts: 0 }])
  })

  it('gives what is due, those first that have waited longest, and no more than asked for', async () => {
    const [third, first, second] = [await add(3), await add(1), await add(2)]
    await add(9)
    expect(await take(5, 2)).toEqual([first, second])
    expect(await take(5)).toEqual([third])
    expect(await take(5)).toEqual([])
  })

  it('gives a mail to one of those who take at once', async () => {
    const ids = await Promise.all(Array.from({ length: 6 }, () => add(0)))
    const taken = await Promise.all(Array.from({ length: 4 }, () => take(1)))
    const all = taken.flat()
    expect(new Set(all).size).toBe(all.length)
    expect(all.toSorted()).toEqual(ids.toSorted())
  })

  it('gives a mail once more when it was neither sent nor refused in time', async () => {
    const id = await add(0)
    expect(await take(1)).toEqual([id])
    expect(await take(29)).toEqual([])
    expect(await take(30)).toEqual([id])
  })

  it('gives a mail once more at the time for its next try, and knows how many there were', async () => {
    const id = await add(0)
    await take(1)
    await store().retryAt(id, { dueAt: at(6), attempts: 2, error: 'ü'.repeat(500) })
    expect(await take(5)).toEqual([])
    expect(await store().take(10, at(6), UNTIL)).toEqual([{ id, message, attempts: 2 }])
    const record = await database().fork().findOneOrFail(QueuedMailRecord, { id })
    expect(record.lastError).toBe('ü'.repeat(500))
    expect(record.createdAt).toEqual(at(0))
  })

  it('forgets a mail that was sent', async () => {
    const [id, other] = [await add(0), await add(0)]
    await store().remove(id)
    await store().remove(id)
    expect(await take(60)).toEqual([other])
  })

  it('finds by index', async () => {
    await add(0)
    const queries = await sqlOf(database(), async () => {
      const [mail] = await store().take(10, at(0), UNTIL)
      if (!mail) throw new Error('nothing taken')
      await store().retryAt(mail.id, { dueAt: at(1), attempts: 1, error: 'busy' })
      await store().remove(mail.id)
    })
    expect(queries).toHaveLength(4)
    for (const sql of queries) await expectIndexed(database(), dialect, sql)
  })
}
