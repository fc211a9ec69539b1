import { describe, expect, test } from 'vitest'
import { GOOD, judge, judgeSending, type Measured, rankOf, worse } from './quality.ts'

const LIMITS: readonly { name: keyof Measured; problem: string; fair: number; poor: number }[] = [
  { name: 'lossShare', problem: 'loss', fair: 0.03, poor: 0.1 },
  { name: 'rttMs', problem: 'delay', fair: 300, poor: 600 },
  { name: 'jitterMs', problem: 'jitter', fair: 50, poor: 120 },
  { name: 'frozenShare', problem: 'freezes', fair: 0.08, poor: 0.25 },
  { name: 'concealedShare', problem: 'gaps', fair: 0.04, poor: 0.12 },
]

describe.each(LIMITS)('$name', ({ name, problem, fair, poor }) => {
  test.each([
    [0, GOOD],
    [fair * 0.99, GOOD],
    [fair, { level: 'fair', problem }],
    [poor * 0.99, { level: 'fair', problem }],
    [poor, { level: 'poor', problem }],
    [poor * 100, { level: 'poor', problem }],
  ])('%d is judged as it should be, arriving and sending', (value, judgement) => {
    expect(judge({ [name]: value })).toEqual(judgement)
    expect(judgeSending({ [name]: value, limitation: 'none', availableBps: 2_000_000 })).toEqual(judgement)
  })
})

test('nothing known is nothing wrong', () => {
  expect(judge({})).toEqual(GOOD)
  expect(judge({ lossShare: null, rttMs: null, jitterMs: null, frozenShare: null })).toEqual(GOOD)
  expect(judgeSending({ limitation: null, availableBps: null })).toEqual(GOOD)
})

test('the worst of several problems is named', () => {
  expect(judge({ lossShare: 0.05, rttMs: 700 })).toEqual({ level: 'poor', problem: 'delay' })
  expect(judge({ lossShare: 0.2, rttMs: 700 })).toEqual({ level: 'poor', problem: 'loss' })
})

test.each([
  ['cpu', 'fair', 'cpu'],
  ['bandwidth', 'fair', 'bandwidth'],
  ['other', 'good', null],
  ['none', 'good', null],
] as const)('sending that is limited by %s is %s', (limitation, level, problem) => {
  expect(judgeSending({ limitation, availableBps: 900_000 })).toEqual({ level, problem })
})

test('a line that hardly carries a voice is poor', () => {
  const poor = { level: 'poor', problem: 'bandwidth' }
  expect(judgeSending({ limitation: 'bandwidth', availableBps: 149_000 })).toEqual(poor)
  expect(judgeSending({ limitation: 'cpu', availableBps: 100_000, bitrateBps: 70_000 })).toEqual(poor)
  expect(judgeSending({ availableBps: 150_000, bitrateBps: 150_000 })).toEqual(GOOD)
})

test('of a line that hardly anything is sent on nobody knows how little it carries', () => {
  expect(judgeSending({ limitation: 'none', availableBps: 60_000, bitrateBps: 32_000 })).toEqual(GOOD)
  expect(judgeSending({ availableBps: 60_000, bitrateBps: null })).toEqual(GOOD)
})

test('levels have an order', () => {
  const levels = (['good', 'fair', 'poor', 'lost'] as const).map((level) => ({ level, problem: null }))
  expect(levels.map(rankOf)).toEqual([0, 1, 2, 3])
  for (const [at, level] of levels.entries())
    for (const other of levels.slice(0, at + 1)) expect(worse(other, level)).toEqual(level)
})
