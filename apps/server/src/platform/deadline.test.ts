import { expect, it, vi } from 'vitest'
import { withDeadline } from './deadline.ts'

const never = new Promise<never>(() => undefined)

it('passes on what comes in time', async () => {
  expect(await withDeadline(Promise.resolve('reply'), 1000, 'Asking')).toBe('reply')
  await expect(withDeadline(Promise.reject(new Error('no')), 1000, 'Asking')).rejects.toThrow('no')
})

it('gives up when the time is over', async () => {
  vi.useFakeTimers()
  try {
    const outcome = withDeadline(never, 3000, 'Asking').catch((error: unknown) => error)
    await vi.advanceTimersByTimeAsync(3000)
    expect(await outcome).toMatchObject({ code: 'timeout', message: 'Asking took longer than 3000 ms.' })
  } finally {
    vi.useRealTimers()
  }
})

it('does not count time in which this process was held up', async () => {
  const reply = new Promise<string>((resolve) => {
    setTimeout(() => setTimeout(() => resolve('late but there'), 5), 5)
  })
  const waiting = withDeadline(reply, 50, 'Asking')
  const until = performance.now() + 400
  while (performance.now() < until);
  expect(await waiting).toBe('late but there')
})
