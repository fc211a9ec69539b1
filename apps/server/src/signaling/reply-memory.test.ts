import { expect, it } from 'vitest'
import { ReplyMemory } from './reply-memory.ts'

function countingMemory() {
  const clock = { ms: 0 }
  const memory = new ReplyMemory(() => clock.ms)
  let acts = 0
  const ask = (id: string) => memory.once(id, async () => ({ ok: true, data: ++acts }))
  return { clock, ask }
}

it('acts once for a repeated id, also while the first is under way', async () => {
  const { ask } = countingMemory()
  expect(await Promise.all([ask('a'), ask('a')])).toEqual([
    { ok: true, data: 1 },
    { ok: true, data: 1 },
  ])
  expect(await ask('b')).toEqual({ ok: true, data: 2 })
})

it('forgets after two minutes and a half', async () => {
  const { ask, clock } = countingMemory()
  await ask('a')
  clock.ms = 150_001
  await ask('b')
  expect(await ask('a')).toEqual({ ok: true, data: 3 })
})

it('keeps no more than 200', async () => {
  const { ask } = countingMemory()
  for (let n = 0; n <= 200; n++) await ask(`id ${n}`)
  expect(await ask('id 1')).toEqual({ ok: true, data: 2 })
  expect(await ask('id 0')).toEqual({ ok: true, data: 202 })
})
