import { describe, expect, it } from 'vitest'
import { backAt, longestGap } from './flow-times.ts'

const every = (ms: number, from: number, to: number) =>
  Array.from({ length: Math.ceil((to - from) / ms) }, (_, index) => from + index * ms)

describe('longestGap', () => {
  it('counts what is missing at the ends of the window', () => {
    expect(longestGap([400, 500, 650], 0, 700)).toBe(400)
    expect(longestGap([100, 200], 0, 900)).toBe(700)
    expect(longestGap([], 100, 900)).toBe(800)
  })
})

describe('backAt', () => {
  it('is the first of what goes on from then', () => {
    expect(backAt([...every(20, 0, 1000), ...every(20, 7000, 12_000)], 500, 12_000)).toBe(7000)
  })

  it('is not what was still on its way when the fault came', () => {
    expect(backAt([510, 530, ...every(20, 3000, 6000)], 500, 6000)).toBe(3000)
  })

  it('is nothing when it has stopped again, or has only begun', () => {
    expect(backAt(every(20, 1000, 2500), 500, 9000)).toBeUndefined()
    expect(backAt(every(20, 1000, 1500), 500, 1500)).toBeUndefined()
  })

  it('is at once when nothing was missing', () => {
    expect(backAt(every(20, 0, 5000), 500, 5000)).toBe(500)
  })
})
