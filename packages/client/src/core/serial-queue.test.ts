import { describe, expect, it } from 'vitest'
import { QueueClosedError, SerialQueue } from './serial-queue.ts'

describe('SerialQueue', () => {
  it('begins a task only when the one before has ended', async () => {
    const queue = new SerialQueue()
    const steps: string[] = []
    const first = Promise.withResolvers<void>()
    const running = queue.run(async () => {
      steps.push('first begins')
      await first.promise
      steps.push('first ends')
    })
    const next = queue.run(async () => {
      steps.push('second begins')
    })
    await Promise.resolve()
    first.resolve()
    await Promise.all([running, next])
    expect(steps).toEqual(['first begins', 'first ends', 'second begins'])
  })

  it('goes on after a task that failed', async () => {
    const queue = new SerialQueue()
    const failing = queue.run(() => Promise.reject(new Error('no')))
    const next = queue.run(() => Promise.resolve('yes'))
    await expect(failing).rejects.toThrow('no')
    await expect(next).resolves.toBe('yes')
  })

  it('rejects what has not begun when it is closed', async () => {
    const queue = new SerialQueue()
    const release = Promise.withResolvers<string>()
    const running = queue.run(() => release.promise)
    const waiting = queue.run(() => Promise.resolve('never'))
    await Promise.resolve()
    queue.close()
    release.resolve('done')
    await expect(running).resolves.toBe('done')
    await expect(waiting).rejects.toBeInstanceOf(QueueClosedError)
  })
})
