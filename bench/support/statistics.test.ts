import { describe, expect, it } from 'vitest'
import { medianSlopeOf, percentile, ratioOf, slopeOf, verdictOf } from './statistics.ts'

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

describe('slopeOf', () => {
  it('is the same for points on a line, and lies between those beside it', () => {
    expect(slopeOf([0, 60, 120].map((x) => [x, 100 + 3 * x]))).toBeCloseTo(3)
    expect(
      slopeOf([
        [0, 0],
        [0, 2],
        [1, 1],
        [1, 5],
      ]),
    ).toBeCloseTo(2)
  })
})

describe('verdictOf', () => {
  const ratio = { value: 1, low: 0.9, high: 1.1 }

  it('wants the whole interval on one side', () => {
    expect(verdictOf(ratio, 1.1, 3)).toBe('met')
    expect(verdictOf(ratio, 0.8, 3)).toBe('missed')
    expect(verdictOf(ratio, 1, 3)).toBe('undecided')
  })

  it('says nothing of blocks too few to scatter', () => {
    expect(verdictOf({ value: 0.5, low: 0.5, high: 0.5 }, 1, 2)).toBe('undecided')
  })
})

describe('medianSlopeOf', () => {
  it('is sure of what does not scatter, and not of what does', () => {
    const column = (x: number, scatter: number) => [x, [-1, 0, 1].map((n) => 2 * x + n * scatter)] as const
    expect(medianSlopeOf([0, 60, 120].map((x) => column(x, 0)))).toEqual({ value: 2, low: 2, high: 2 })
    const { value, low, high } = medianSlopeOf([0, 60, 120].map((x) => column(x, 300)))
    expect(value).toBeCloseTo(2)
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(4)
  })
})
