import { describe, expect, it } from 'vitest'
import { createReconnectPolicy } from './reconnect-policy.ts'

const longest = createReconnectPolicy(() => 1)

describe('reconnect policy', () => {
  it('lets the ceiling of the delay grow from 0.2 s to 3 s', () => {
    const delays = [0, 1, 2, 3, 4, 50].map((failures) => longest({ failures, elapsedMs: 0 }).delayMs)
    expect(delays).toEqual([200, 400, 800, 1600, 3000, 3000])
  })

  it('spreads clients over the whole delay', () => {
    expect(createReconnectPolicy(() => 0)({ failures: 3, elapsedMs: 0 }).delayMs).toBe(0)
    expect(createReconnectPolicy(() => 0.5)({ failures: 3, elapsedMs: 0 }).delayMs).toBe(800)
  })

  it('tries every 10 s when the seat is not held any more', () => {
    expect(longest({ failures: 60, elapsedMs: 119_999 }).delayMs).toBe(3000)
    expect(longest({ failures: 60, elapsedMs: 120_000 }).delayMs).toBe(10_000)
    expect(longest({ failures: 9999, elapsedMs: 86_400_000 }).delayMs).toBe(10_000)
  })

  it('gives later attempts more time, up to 10 s', () => {
    expect(longest({ failures: 0, elapsedMs: 0 }).timeoutMs).toBe(4000)
    expect(longest({ failures: 4, elapsedMs: 0 }).timeoutMs).toBe(6000)
    expect(longest({ failures: 100, elapsedMs: 0 }).timeoutMs).toBe(10_000)
  })
})
