import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Database, openDatabase } from '../db/database.ts'
import { createMailCountsStore } from '../features/mail/mail-counts-store.ts'
import { createLogger } from '../platform/logger.ts'
import { MailBudget, type MailPurpose } from './mail-budget.ts'

const START = Date.parse('2026-03-04T05:06:07Z')
const MINUTE_MS = 60_000
const DAY_MS = 1440 * MINUTE_MS
const LIMITS = { newAccount: 50, account: 500, server: 1000 }
const ACCOUNTS = new Map([
  ['new', { createdAt: new Date(START - DAY_MS), role: 'user' }],
  ['old', { createdAt: new Date(START - 30 * DAY_MS), role: 'user' }],
  ['administrator', { createdAt: new Date(START), role: 'administrator' }],
])

describe('the budget of emails', () => {
  let database: Database
  let now = START
  beforeEach(async () => {
    now = START
    const log = createLogger({ level: 'silent' })
    database = await openDatabase({ url: 'sqlite::memory:', dataDir: '/', log })
    await database.migrate()
  })
  afterEach(() => database.close())

  const open = () =>
    new MailBudget({
      store: createMailCountsStore(database),
      limits: LIMITS,
      findAccount: async (id) => ACCOUNTS.get(id) ?? null,
      now: () => new Date(now),
    })
  let addresses = 0
  const people = (count: number) =>
    Array.from({ length: count }, () => {
      addresses += 1
      return `person${addresses}@example.org`
    })
  const invitations = (account: string, count: number) => ({
    purpose: 'invitation' as const,
    account,
    recipients: people(count),
  })
  const about = (purpose: MailPurpose, address: string) => ({ purpose, account: null, recipients: [address] })

  it('takes all emails of an act or none, and says what remains', async () => {
    const budget = open()
    await budget.take(invitations('new', 20))
    await expect(budget.take(invitations('new', 31))).rejects.toMatchObject({
      code: 'rate_limited',
      details: { remaining: 30, limit: 50 },
      message: expect.stringContaining('can send 30 more'),
    })
    await budget.take(invitations('new', 30))
    await expect(budget.take(invitations('new', 1))).rejects.toMatchObject({ details: { remaining: 0 } })
  })

  it('grows with the age of the account and for administrators', async () => {
    const budget = open()
    await budget.take(invitations('old', 500))
    await expect(budget.take(invitations('old', 1))).rejects.toMatchObject({ code: 'rate_limited' })
    await expect(budget.take(invitations('administrator', 499))).resolves.toBeUndefined()
    await expect(budget.take(invitations('gone', 1))).rejects.toMatchObject({ code: 'rate_limited' })
  })

  it('survives a restart and ends after 24 hours', async () => {
    await open().take(invitations('new', 50))
    await expect(open().take(invitations('new', 1))).rejects.toMatchObject({ code: 'rate_limited' })
    now += DAY_MS + 1
    const budget = open()
    await budget.forgetOld()
    await budget.take(invitations('new', 50))
  })

  it('is not spent twice by acts at the same time', async () => {
    const budget = open()
    const acts = Array.from({ length: 4 }, () => budget.take(invitations('new', 20)))
    const settled = await Promise.allSettled(acts)
    expect(settled.filter(({ status }) => status === 'fulfilled')).toHaveLength(2)
  })

  it.each(['reset', 'verify'] as const)('sends one person one %s email in 5 minutes', async (purpose) => {
    const budget = open()
    await budget.take(about(purpose, 'Ana@example.org'))
    await expect(budget.take(about(purpose, 'ana@EXAMPLE.org'))).rejects.toMatchObject({
      code: 'rate_limited',
    })
    await budget.take(about(purpose, 'ben@example.org'))
    await budget.take(about('security', 'ana@example.org'))
    now += 5 * MINUTE_MS
    await budget.take(about(purpose, 'ana@example.org'))
  })

  it('sends a reset email again within the hour in which the links work, whatever strangers asked for', async () => {
    const budget = open()
    const everyMinute = async () => {
      now += MINUTE_MS
      return budget.take(about('reset', 'ana@example.org')).then(
        () => now,
        () => null,
      )
    }
    const sent: number[] = []
    for (let minute = 0; minute < 600; minute += 1) {
      const at = await everyMinute()
      if (at !== null) sent.push(at)
    }
    const gaps = sent.slice(1).map((at, n) => at - (sent[n] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(60 * MINUTE_MS)
    expect(sent.length).toBeLessThanOrEqual(31)
  })

  it('bounds what the server sends, for meetings and for accounts apart', async () => {
    const budget = open()
    await budget.take(invitations('administrator', 1000))
    await expect(budget.take(invitations('administrator', 1))).rejects.toMatchObject({
      message: expect.stringContaining('This server'),
    })
    await budget.take(about('reset', 'ana@example.org'))
  })

  it('bounds how often an account writes to the same person', async () => {
    const budget = open()
    const again = { purpose: 'invitation', account: 'new', recipients: ['ana@example.org'] } as const
    for (let n = 0; n < 20; n += 1) await budget.take(again)
    await expect(budget.take(again)).rejects.toMatchObject({ code: 'rate_limited' })
    await budget.take({ ...again, account: 'old' })
  })

  it('counts cancellations without ever refusing them', async () => {
    const budget = open()
    await budget.take(invitations('new', 50))
    await budget.count({ ...invitations('new', 50), purpose: 'cancellation' })
    await expect(budget.check({ ...invitations('new', 1), purpose: 'update' })).resolves.toBeUndefined()
  })
})
