import { expect, it } from 'vitest'
import { AppError } from '../platform/errors.ts'
import type { MailBudget } from './mail-budget.ts'
import type { MailMessage } from './mailer.ts'
import { createPost } from './post.ts'

const MAIL: MailMessage = { to: { address: 'ana@example.org' }, subject: 'Hello', text: '', html: '' }
const ORIGIN = { purpose: 'reset', account: null, recipients: ['ana@example.org'] } as const

function openPost(take: () => Promise<void>) {
  const sent: MailMessage[] = []
  const budget = { take } as unknown as MailBudget
  return { sent, post: createPost(budget, { enqueue: async (mail) => void sent.push(mail) }) }
}

it('composes and sends nothing that the budget refuses', async () => {
  const { post, sent } = openPost(() => Promise.reject(new AppError('rate_limited', 'Too many.')))
  let written = false
  const write = async () => {
    written = true
    return MAIL
  }
  expect(await post.trySend(ORIGIN, write)).toBe(false)
  await expect(post.reserve(ORIGIN)).rejects.toMatchObject({ code: 'rate_limited' })
  expect([written, sent]).toEqual([false, []])
})

it('tells apart that the budget could not be asked', async () => {
  const { post } = openPost(() => Promise.reject(new Error('no database')))
  await expect(post.trySend(ORIGIN, async () => MAIL)).rejects.toThrow('no database')
})

it('sends what the budget allows', async () => {
  const { post, sent } = openPost(() => Promise.resolve())
  expect(await post.trySend(ORIGIN, async () => MAIL)).toBe(true)
  await (await post.reserve(ORIGIN)).send(MAIL)
  expect(sent).toHaveLength(2)
})
