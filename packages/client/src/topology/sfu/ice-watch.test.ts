import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IceWatch } from './ice-watch.ts'

let watch: IceWatch
/** Whether the server can be asked. */
let isOnline: boolean
const restart = vi.fn<() => Promise<boolean>>(async () => isOnline)
const giveUp = vi.fn<() => void>()

beforeEach(() => {
  vi.useFakeTimers()
  isOnline = true
  restart.mockClear()
  giveUp.mockClear()
  watch = new IceWatch({ restart, giveUp })
})
afterEach(() => {
  watch.close()
  vi.useRealTimers()
})

describe('IceWatch', () => {
  it('restarts ICE when the transport stays disconnected for more than 2 s', async () => {
    watch.stateChanged('connected')
    watch.stateChanged('disconnected')
    await vi.advanceTimersByTimeAsync(1999)
    expect(restart).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(1)
    expect(restart).toHaveBeenCalledOnce()
  })

  it('does nothing when the transport recovers by itself', async () => {
    watch.stateChanged('disconnected')
    expect(watch.isLost).toBe(true)
    await vi.advanceTimersByTimeAsync(1500)
    watch.stateChanged('connecting')
    expect(watch.isLost).toBe(true)
    watch.stateChanged('connected')
    expect(watch.isLost).toBe(false)
    await vi.advanceTimersByTimeAsync(60_000)
    expect(restart).not.toHaveBeenCalled()
  })

  it('restarts at once when the transport has failed', async () => {
    watch.stateChanged('failed')
    await vi.advanceTimersByTimeAsync(0)
    expect(restart).toHaveBeenCalledOnce()
  })

  it('leaves 5 s between restarts', async () => {
    watch.stateChanged('failed')
    await vi.advanceTimersByTimeAsync(1000)
    watch.stateChanged('connected')
    watch.stateChanged('failed')
    await vi.advanceTimersByTimeAsync(3999)
    expect(restart).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(1)
    expect(restart).toHaveBeenCalledTimes(2)
  })

  it('gives up when 10 s of restarts have not helped, and once only', async () => {
    watch.stateChanged('failed')
    await vi.advanceTimersByTimeAsync(9999)
    expect(restart).toHaveBeenCalledTimes(2)
    expect(giveUp).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(giveUp).toHaveBeenCalledOnce()
    expect(restart).toHaveBeenCalledTimes(2)
  })

  it('gives up as well while the server cannot be asked', async () => {
    isOnline = false
    watch.stateChanged('failed')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(giveUp).toHaveBeenCalledOnce()
  })

  it('counts the 10 s anew when the server is back', async () => {
    watch.stateChanged('disconnected')
    await vi.advanceTimersByTimeAsync(8000)
    watch.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(restart).toHaveBeenCalledTimes(3)
    await vi.advanceTimersByTimeAsync(9000)
    expect(giveUp).not.toHaveBeenCalled()
  })

  it('retries nothing that is connected or was never used', async () => {
    watch.retry()
    watch.restartNow()
    watch.stateChanged('connected')
    watch.retry()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(restart).not.toHaveBeenCalled()
  })

  it('restarts what calls itself connected when it is told to, once', async () => {
    watch.stateChanged('connected')
    watch.restartNow()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(restart).toHaveBeenCalledOnce()
    expect(giveUp).not.toHaveBeenCalled()
    watch.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(restart).toHaveBeenCalledOnce()
  })

  it('makes up for that when the server could not be asked', async () => {
    isOnline = false
    watch.stateChanged('connected')
    watch.restartNow()
    await vi.advanceTimersByTimeAsync(0)
    isOnline = true
    watch.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(restart).toHaveBeenCalledTimes(2)
    watch.retry()
    await vi.advanceTimersByTimeAsync(0)
    expect(restart).toHaveBeenCalledTimes(2)
  })
})
