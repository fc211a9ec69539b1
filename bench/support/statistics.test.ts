import { describe, expect, it } from 'vitest'
import { percentile, ratioOf } from './statistics.ts'

describe('percentile', () => {
  it('interpolates between neighbours and does not mind the order', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5)
    expect(percentile([10, 20, 30], 1)).toBe(30)
    expect(percentile([10, 20, 30], 0.95)).toBeCloseTo(29)
  })
})

describe('ratioOf', () => {
  it('has no width when every block says the same', () => {
    const blocks = Array.from({ length: 5 }, () => ({ product: [30, 30], floor: [20, 20] }))
    expect(ratioOf(blocks, 0.5)).toEqual({ value: 1.5, low: 1.5, high: 1.5 })
  })

  it('holds the ratio inside an interval that follows the scatter', () => {
    const blocks = Array.from({ length: 15 }, (_, index) => ({ product: [100 + index * 10], floor: [100] }))
    const { value, low, high } = ratioOf(blocks, 0.5)
    expect(value).toBeCloseTo(1.7)
    expect(low).toBeGreaterThan(1.2)
    expect(low).toBeLessThan(value)
    expect(high).toBeGreaterThan(value)
    expect(high).toBeLessThan(2.2)
  })
})
