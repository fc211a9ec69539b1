import { expect, test } from 'vitest'
import { followTrend, NEW_TREND } from './quality-trend.ts'
import { GOOD, type Judgement, SILENCE } from './quality.ts'

const fair: Judgement = { level: 'fair', problem: 'loss' }
const poor: Judgement = { level: 'poor', problem: 'delay' }

/** What is shown after each sample. */
function shownAfter(samples: readonly Judgement[]): readonly string[] {
  let trend = NEW_TREND
  return samples.map((sample) => {
    trend = followTrend(trend, sample)
    return trend.shown.level
  })
}

test('one bad sample is not shown, two are', () => {
  expect(shownAfter([poor, GOOD, GOOD, poor, GOOD])).toEqual(['good', 'good', 'good', 'good', 'good'])
  expect(shownAfter([GOOD, poor, poor])).toEqual(['good', 'good', 'poor'])
})

test('it is shown as bad as both samples say', () => {
  expect(shownAfter([poor, fair, poor, poor])).toEqual(['good', 'fair', 'fair', 'poor'])
  expect(shownAfter([SILENCE, SILENCE])).toEqual(['good', 'lost'])
})

test('it gets better after five samples of calm, and no sooner', () => {
  const calm = [GOOD, GOOD, GOOD, GOOD]
  expect(shownAfter([poor, poor, ...calm]).at(-1)).toBe('poor')
  expect(shownAfter([poor, poor, ...calm, GOOD]).at(-1)).toBe('good')
  expect(shownAfter([poor, poor, ...calm, poor, ...calm]).at(-1)).toBe('poor')
})

test('it gets better by as much as the worst of the last samples says', () => {
  expect(shownAfter([poor, poor, fair, GOOD, fair, GOOD, GOOD]).at(-1)).toBe('fair')
})

test('what goes up and down at a limit does not flicker', () => {
  const samples = Array.from({ length: 40 }, (_, at) => (at % 2 === 0 ? fair : GOOD))
  expect(new Set(shownAfter(samples))).toEqual(new Set(['good']))
  const twice = Array.from({ length: 40 }, (_, at) => (at % 4 < 2 ? fair : GOOD))
  expect(shownAfter(twice).filter((level, at, all) => at > 0 && level !== all[at - 1])).toEqual(['fair'])
})

test('the problem is the newest one of that level', () => {
  let trend = NEW_TREND
  for (const sample of [poor, poor, { level: 'poor', problem: 'gaps' } as const])
    trend = followTrend(trend, sample)
  expect(trend.shown).toEqual({ level: 'poor', problem: 'gaps' })
})
