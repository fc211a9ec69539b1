import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { paced } from './paced.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('does it at once, and what is asked for soon after once, later', () => {
  const act = vi.fn<() => void>()
  const list = paced(100, act)
  for (let n = 0; n < 10; n++) list.ask()
  expect(act).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(100)
  expect(act).toHaveBeenCalledTimes(2)
  list.ask()
  vi.advanceTimersByTime(99)
  expect(act).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1)
  expect(act).toHaveBeenCalledTimes(3)
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(3)
  list.ask()
  expect(act).toHaveBeenCalledTimes(4)
})

it('does what was asked for when it must not wait, once', () => {
  const act = vi.fn<() => void>()
  const list = paced(100, act)
  list.ask()
  list.flush()
  expect(act).toHaveBeenCalledTimes(1)
  list.ask()
  list.flush()
  expect(act).toHaveBeenCalledTimes(2)
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(2)
})

it('does nothing any more when it is closed', () => {
  const act = vi.fn<() => void>()
  const list = paced(100, act)
  list.ask()
  list.ask()
  list.close()
  vi.advanceTimersByTime(1000)
  expect(act).toHaveBeenCalledTimes(1)
})
