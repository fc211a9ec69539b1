import { describe, expect, it } from 'vitest'
import { TokenBucket } from './token-bucket.ts'

function bucketAt(limit: { burst: number; perMinute: number }) {
  const clock = { ms: 1_000_000 }
  return { clock, bucket: new TokenBucket(limit, () => clock.ms) }
}

describe('TokenBucket', () => {
  it('lets a burst through and then no more', () => {
    const { bucket } = bucketAt({ burst: 3, perMinute: 60 })
    expect([1, 2, 3, 4].map(() => bucket.take())).toEqual([true, true, true, false])
  })

  it('refills at the rate per minute', () => {
    const { bucket, clock } = bucketAt({ burst: 2, perMinute: 60 })
    bucket.take(2)
    clock.ms += 999
    expect(bucket.take()).toBe(false)
    clock.ms += 1
    expect(bucket.take()).toBe(true)
  })

  it('never holds more than its burst', () => {
    const { bucket, clock } = bucketAt({ burst: 2, perMinute: 60 })
    clock.ms += 3_600_000
    expect(bucket.take(2)).toBe(true)
    expect(bucket.take()).toBe(false)
  })

  it('takes nothing when the cost is more than there is', () => {
    const { bucket } = bucketAt({ burst: 3, perMinute: 60 })
    expect(bucket.take(4)).toBe(false)
    expect(bucket.take(3)).toBe(true)
  })

  it('takes back what it gave, and no more than it holds', () => {
    const { bucket } = bucketAt({ burst: 3, perMinute: 60 })
    bucket.take(2)
    bucket.giveBack()
    expect(bucket.take(2)).toBe(true)
    bucket.giveBack(9)
    expect(bucket.take(4)).toBe(false)
    expect(bucket.take(3)).toBe(true)
  })

  it('tells after how many seconds to try again', () => {
    const { bucket, clock } = bucketAt({ burst: 2, perMinute: 12 })
    expect(bucket.secondsUntil()).toBe(0)
    bucket.take(2)
    expect(bucket.secondsUntil(1)).toBe(5)
    expect(bucket.secondsUntil(2)).toBe(10)
    clock.ms += bucket.secondsUntil(2) * 1000
    expect(bucket.take(2)).toBe(true)
    expect(bucket.secondsUntil(3)).toBe(Infinity)
  })
})
