import { randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { callSpans } from './call-spans.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 6, 4, 12, minute))
const stay = (from: number, to: number) => ({ id: randomUUID(), startedAt: at(from), endedAt: at(to) })

it('puts stays together that overlap or follow each other soon', () => {
  const long = stay(0, 40)
  const stays = [stay(30, 35), long, stay(1, 2), stay(42, 50)]
  expect(callSpans(stays)).toEqual([
    { id: long.id, startedAt: at(0), endedAt: at(50), lastStartedAt: at(42) },
  ])
})

it('takes what is apart by more than two minutes for two calls, and names the latest first', () => {
  expect(callSpans([stay(0, 10), stay(13, 20)]).map(({ startedAt }) => startedAt)).toEqual([at(13), at(0)])
  expect(callSpans([stay(0, 10), stay(12, 20)])).toHaveLength(1)
  expect(callSpans([])).toEqual([])
})
