import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLogger } from '../platform/logger.ts'
import { repeat } from './repeat.ts'

const log = createLogger({ level: 'silent' })

/** Work that goes on until it is told to end. */
function slowWork() {
  const ends: (() => void)[] = []
  const work = vi.fn<() => Promise<void>>(() => new Promise<void>((resolve) => ends.push(resolve)))
  return { work, end: () => ends.shift()?.() }
}

describe('repeat', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('does the work every now and then, for the first time after one interval', async () => {
    const work = vi.fn<() => Promise<void>>(async () => undefined)
    const job = repeat({ everyMs: 1000, work, name: 'test', log })
    await vi.advanceTimersByTimeAsync(999)
    expect(work).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(2001)
    expect(work).toHaveBeenCalledTimes(3)
    await job.close()
  })

  it('never does it twice at once', async () => {
    const { work, end } = slowWork()
    const job = repeat({ everyMs: 1000, work, name: 'test', log })
    await vi.advanceTimersByTimeAsync(5000)
    expect(work).toHaveBeenCalledTimes(1)
    end()
    await vi.advanceTimersByTimeAsync(1000)
    expect(work).toHaveBeenCalledTimes(2)
    end()
    await job.close()
  })

  it('logs what fails, and does it again next time', async () => {
    const logged = vi.spyOn(log, 'error')
    const work = vi.fn<() => Promise<void>>(() => Promise.reject(new Error('no luck')))
    const job = repeat({ everyMs: 1000, work, name: 'purge', log })
    await vi.advanceTimersByTimeAsync(2000)
    expect(work).toHaveBeenCalledTimes(2)
    expect(logged).toHaveBeenCalledWith(
      { err: expect.objectContaining({ message: 'no luck' }), job: 'purge' },
      'a job failed',
    )
    await job.close()
  })

  it('goes on after work that fails before it has begun to wait', async () => {
    const logged = vi.spyOn(log, 'error')
    const work = vi.fn<() => Promise<void>>((): Promise<void> => {
      throw new Error('at once')
    })
    const job = repeat({ everyMs: 1000, work, name: 'test', log })
    await vi.advanceTimersByTimeAsync(2000)
    expect(work).toHaveBeenCalledTimes(2)
    expect(logged).toHaveBeenCalledTimes(2)
    await job.close()
  })

  it('waits for what is at work when it closes, and does it no more', async () => {
    const { work, end } = slowWork()
    const job = repeat({ everyMs: 1000, work, name: 'test', log })
    await vi.advanceTimersByTimeAsync(1000)
    let isClosed = false
    const closing = job.close().then(() => {
      isClosed = true
    })
    await vi.advanceTimersByTimeAsync(5000)
    expect(isClosed).toBe(false)
    end()
    await closing
    await vi.advanceTimersByTimeAsync(5000)
    expect(work).toHaveBeenCalledTimes(1)
  })
})
