import { expect, it } from 'vitest'
import { OutboundLimit } from './outbound-limit.ts'

function limitAt() {
  const clock = { ms: 0 }
  return { clock, limit: new OutboundLimit(() => clock.ms) }
}

it('bears a short backlog', () => {
  const { clock, limit } = limitAt()
  expect(limit.isExceeded({ packets: 300, bytes: 0 })).toBe(false)
  clock.ms = 4000
  expect(limit.isExceeded({ packets: 0, bytes: 0 })).toBe(false)
  clock.ms = 8000
  expect(limit.isExceeded({ packets: 300, bytes: 0 })).toBe(false)
})

it.each([
  { packets: 300, bytes: 0 },
  { packets: 1, bytes: 1_100_000 },
])('gives up after five seconds with %j waiting', (queue) => {
  const { clock, limit } = limitAt()
  limit.isExceeded(queue)
  clock.ms = 5001
  expect(limit.isExceeded(queue)).toBe(true)
})

it('gives up at once on a backlog that is far too large', () => {
  expect(limitAt().limit.isExceeded({ packets: 1025, bytes: 0 })).toBe(true)
})
