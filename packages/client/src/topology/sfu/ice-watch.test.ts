import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IceWatch } from './ice-watch.ts'

let watch: IceWatch
const restart = vi.fn<() => void>()
const giveUp = vi.fn<() => void>()

beforeEach(() => {
  vi.useFakeTimers()
  restart.mockClear()
  giveUp.mockClear()
  watch = new IceWatch({ restart, giveUp })
})
afterEach(() => {
  watch.close()
  vi.useRealTimers()
})

describe('IceWatch', () => {
  it('restarts ICE when the transport stays disconnected for more than 2 s', () => {
    watch.stateChanged('connected')
    watch.stateChanged('disconnected')
    vi.advanceTimersByTime(1999)
    expect(restart).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    expect(restart).toHaveBeenCalledOnce()
  })

  it('does nothing when the transport recovers by itself', () => {
    watch.stateChanged('disconnected')
    vi.advanceTimersByTime(1500)
    watch.stateChanged('connected')
    vi.advanceTimersByTime(60_000)
    expect(restart).not.toHaveBeenCalled()
  })

  it('restarts at once when the transport has failed', () => {
    watch.stateChanged('failed')
    vi.advanceTimersByTime(0)
    expect(restart).toHaveBeenCalledOnce()
  })

  it('leaves 5 s between restarts', () => {
    watch.stateChanged('failed')
    vi.advanceTimersByTime(1000)
    watch.stateChanged('connected')
    watch.stateChanged('failed')
    vi.advanceTimersByTime(3999)
    expect(restart).toHaveBeenCalledTimes(1)
    vi.advanceTimersByTime(1)
    expect(restart).toHaveBeenCalledTimes(2)
  })

  it('gives up when 10 s of restarts have not helped, and once only', () => {
    watch.stateChanged('failed')
    vi.advanceTimersByTime(9999)
    expect(restart).toHaveBeenCalledTimes(2)
    expect(giveUp).not.toHaveBeenCalled()
    vi.advanceTimersByTime(60_000)
    expect(giveUp).toHaveBeenCalledOnce()
    expect(restart).toHaveBeenCalledTimes(2)
  })

  it('counts the 10 s anew when the server is back', () => {
    watch.stateChanged('disconnected')
    vi.advanceTimersByTime(8000)
    watch.retry()
    vi.advanceTimersByTime(0)
    expect(restart).toHaveBeenCalledTimes(3)
    vi.advanceTimersByTime(9000)
    expect(giveUp).not.toHaveBeenCalled()
  })

  it('retries nothing that is connected or was never used', () => {
    watch.retry()
    watch.stateChanged('connected')
    watch.retry()
    vi.advanceTimersByTime(60_000)
    expect(restart).not.toHaveBeenCalled()
  })
})
