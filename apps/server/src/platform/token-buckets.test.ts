import { describe, expect, it } from 'vitest'
import { TokenBuckets } from './token-buckets.ts'

describe('TokenBuckets', () => {
  it('counts each key for itself', () => {
    const buckets = new TokenBuckets({ burst: 1, perMinute: 1 }, () => 0)
    expect(buckets.of('a').take()).toBe(true)
    expect(buckets.of('a').take()).toBe(false)
    expect(buckets.of('b').take()).toBe(true)
  })

  it('forgets the longest unused key when there are too many', () => {
    const buckets = new TokenBuckets({ burst: 1, perMinute: 1 }, () => 0)
    buckets.of('old').take()
    buckets.of('used').take()
    for (let i = 0; i < 9_999; i += 1) {
      buckets.of(`other-${i}`)
      buckets.of('used')
    }
    expect(buckets.of('used').take()).toBe(false)
    expect(buckets.of('old').take()).toBe(true)
  })
})
