import { expect, it } from 'vitest'
import { createMember, createRoomContext } from '../../../test/lib/room-context.ts'
import { chat } from './chat.ts'

const author = createMember()
const openChat = () => chat.create(createRoomContext())

it('keeps the newest messages for those who join later', async () => {
  const messages = openChat()
  for (let n = 1; n <= 501; n++) await messages.handlers['chat.send'](author, { text: `${n}` })
  const texts = messages.snapshot(author).messages.map(({ text }) => text)
  expect(texts).toHaveLength(500)
  expect([texts[0], texts.at(-1)]).toEqual(['2', '501'])
})

it('keeps no more text than a join should carry', async () => {
  const messages = openChat()
  for (let n = 1; n <= 500; n++) await messages.handlers['chat.send'](author, { text: 'x'.repeat(4000) })
  const length = messages.snapshot(author).messages.reduce((sum, { text }) => sum + text.length, 0)
  expect(length).toBeGreaterThan(90_000)
  expect(length).toBeLessThanOrEqual(100_000)
})
