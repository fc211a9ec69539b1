import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { delay, unlessAborted } from './abort.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('delay', () => {
  it('resolves after its time', async () => {
    const done = vi.fn<() => void>()
    const waiting = delay(100).finally(done)
    await vi.advanceTimersByTimeAsync(99)
    expect(done).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(done).toHaveBeenCalledOnce()
    await waiting
  })

  it('rejects with the reason of an abort and leaves no timer', async () => {
    const controller = new AbortController()
    const waiting = delay(100, controller.signal)
    controller.abort(new Error('changed my mind'))
    await expect(waiting).rejects.toThrow('changed my mind')
    expect(vi.getTimerCount()).toBe(0)
  })
})

describe('unlessAborted', () => {
  it('rejects at once when the signal is aborted already', async () => {
    await expect(unlessAborted(Promise.resolve(1), AbortSignal.abort(new Error('too late')))).rejects.toThrow(
      'too late',
    )
  })

  it('passes on the outcome', async () => {
    await expect(unlessAborted(Promise.resolve(1), new AbortController().signal)).resolves.toBe(1)
  })
})
