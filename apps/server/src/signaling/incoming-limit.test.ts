import { MAX_MESSAGE_BYTES } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { IncomingLimit } from './incoming-limit.ts'

it('accepts a burst of small packets, then as many as the time allows', () => {
  let now = 0
  const limit = new IncomingLimit(() => now)
  const accepted = () => Array.from({ length: 1000 }, () => limit.accepts(1)).filter(Boolean).length
  expect(accepted()).toBe(200)
  now += 1000
  expect(accepted()).toBe(50)
})

it('accepts only so many bytes, in however few packets', () => {
  let now = 0
  const limit = new IncomingLimit(() => now)
  const accepted = () =>
    Array.from({ length: 20 }, () => limit.accepts(MAX_MESSAGE_BYTES)).filter(Boolean).length
  expect(accepted()).toBe(8)
  now += 1000
  expect(accepted()).toBe(1)
})
