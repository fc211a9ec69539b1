import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchNetwork } from './network-watch.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

it('tells once of what changes at one moment, and nothing after it was stopped', () => {
  const [page, connection] = [new EventTarget(), new EventTarget()]
  const changed = vi.fn<() => void>()
  const stop = watchNetwork(changed, { page, connection })
  connection.dispatchEvent(new Event('change'))
  vi.advanceTimersByTime(200)
  page.dispatchEvent(new Event('online'))
  vi.advanceTimersByTime(299)
  expect(changed).not.toHaveBeenCalled()
  vi.advanceTimersByTime(1)
  expect(changed).toHaveBeenCalledTimes(1)
  page.dispatchEvent(new Event('online'))
  stop()
  connection.dispatchEvent(new Event('change'))
  vi.advanceTimersByTime(1000)
  expect(changed).toHaveBeenCalledTimes(1)
})

it('does without what a browser does not have', () => {
  expect(() => watchNetwork(() => undefined, { page: undefined, connection: undefined })()).not.toThrow()
  expect(() => watchNetwork(() => undefined)()).not.toThrow()
})
