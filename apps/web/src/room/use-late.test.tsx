import { act, cleanup, render, screen } from '@testing-library/react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createLate } from './use-late.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

function show(load: () => Promise<{ words: string }>) {
  const useWords = createLate(load)
  function Words({ wanted }: { wanted: boolean }) {
    return <p>{useWords(wanted)?.words ?? 'none'}</p>
  }
  const { rerender } = render(<Words wanted={false} />)
  return (wanted: boolean) => rerender(<Words wanted={wanted} />)
}

test('nothing is loaded before it is wanted, and what was loaded stays', async () => {
  const load = vi.fn<() => Promise<{ words: string }>>(async () => ({ words: 'here' }))
  const want = show(load)
  expect(load).not.toHaveBeenCalled()
  want(true)
  await act(() => vi.advanceTimersByTimeAsync(0))
  screen.getByText('here')
  want(false)
  screen.getByText('none')
  want(true)
  screen.getByText('here')
  expect(load).toHaveBeenCalledOnce()
})

test('it is tried again until it comes, and no longer than it is wanted', async () => {
  const load = vi.fn<() => Promise<{ words: string }>>().mockRejectedValue(new TypeError('offline'))
  const want = show(load)
  want(true)
  await act(() => vi.advanceTimersByTimeAsync(10_000))
  expect(load).toHaveBeenCalledTimes(3)
  want(false)
  await act(() => vi.advanceTimersByTimeAsync(60_000))
  expect(load).toHaveBeenCalledTimes(3)
  load.mockResolvedValue({ words: 'here' })
  want(true)
  await act(() => vi.advanceTimersByTimeAsync(0))
  screen.getByText('here')
})
