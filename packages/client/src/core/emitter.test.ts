import { describe, expect, it, vi } from 'vitest'
import { Emitter } from './emitter.ts'

type Events = { named: [name: string, age: number]; empty: [] }

describe('Emitter', () => {
  it('passes the arguments to every listener in the order of subscribing', () => {
    const emitter = new Emitter<Events>()
    const calls: string[] = []
    emitter.on('named', (name, age) => calls.push(`first ${name} ${age}`))
    emitter.on('named', (name) => calls.push(`second ${name}`))
    emitter.emit('named', 'Ana', 7)
    expect(calls).toEqual(['first Ana 7', 'second Ana'])
  })

  it('stops calling a listener once it is undone, even during the same event', () => {
    const emitter = new Emitter<Events>()
    const second = vi.fn<() => void>()
    emitter.on('empty', () => undo())
    const undo = emitter.on('empty', second)
    emitter.emit('empty')
    emitter.emit('empty')
    expect(second).not.toHaveBeenCalled()
  })

  it('undoes one of two subscriptions of the same function', () => {
    const emitter = new Emitter<Events>()
    const listener = vi.fn<() => void>()
    emitter.on('empty', listener)
    emitter.on('empty', listener)()
    emitter.emit('empty')
    expect(listener).toHaveBeenCalledTimes(1)
  })

  it('keeps what a listener throws away from the others, and reports it', () => {
    vi.useFakeTimers()
    try {
      const emitter = new Emitter<Events>()
      const after = vi.fn<() => void>()
      emitter.on('empty', () => {
        throw new Error('listener is broken')
      })
      emitter.on('empty', after)
      emitter.emit('empty')
      expect(after).toHaveBeenCalledOnce()
      expect(() => vi.runAllTimers()).toThrow('listener is broken')
    } finally {
      vi.useRealTimers()
    }
  })

  it('forgets everyone', () => {
    const emitter = new Emitter<Events>()
    const listener = vi.fn<() => void>()
    emitter.on('empty', listener)
    emitter.removeAllListeners()
    emitter.emit('empty')
    expect(listener).not.toHaveBeenCalled()
  })
})
