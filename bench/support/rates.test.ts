import { expect, it } from 'vitest'
import { bitrates, reachedAt, steadyRate } from './rates.ts'

/** 100 kB each second until 10 s, then 10 kB, and 100 kB again from 20 s. */
const samples = Array.from({ length: 151 }, (_, index) => {
  const at = index * 200
  const seconds = at / 1000
  const bytes =
    100_000 * (Math.min(seconds, 10) + Math.max(0, seconds - 20)) +
    10_000 * Math.max(0, Math.min(seconds, 20) - 10)
  return { at, bytes, height: 0 }
})
const rates = bitrates(samples)

it('is what came in during the second before', () => {
  expect(steadyRate(rates, 10_000)).toBeCloseTo(800_000)
  expect(steadyRate(rates, 20_000)).toBeCloseTo(80_000)
})

it('is reached when it stays', () => {
  expect(reachedAt(rates, { level: 700_000, from: 20_000 })).toBe(21_000)
  expect(reachedAt(rates, { level: 900_000, from: 20_000 })).toBe(Infinity)
})
