import { afterEach, describe, expect, it, vi } from 'vitest'
import { browserChannel, browserLock } from './session-parts.ts'

afterEach(() => vi.unstubAllGlobals())

const blocked = () => Promise.reject(new DOMException('blocked', 'SecurityError'))

describe('browserLock', () => {
  it.each([
    ['has no locks', {}],
    ['blocks them', { locks: { request: blocked } }],
  ])('acts without a lock where the browser %s', async (_, navigator) => {
    vi.stubGlobal('navigator', navigator)
    expect(await browserLock(async () => 'done')).toBe('done')
  })

  it('acts once, and passes on why the task failed', async () => {
    vi.stubGlobal('navigator', { locks: { request: (_: string, task: () => unknown) => task() } })
    const task = vi.fn<() => Promise<never>>(async () => {
      throw new Error('refused')
    })
    await expect(browserLock(task)).rejects.toThrow('refused')
    expect(task).toHaveBeenCalledOnce()
  })
})

describe('browserChannel', () => {
  it.each([
    ['missing', undefined],
    [
      'blocked',
      class {
        constructor() {
          throw new DOMException('blocked', 'SecurityError')
        }
      },
    ],
  ])('says nothing where it is %s', (_, BroadcastChannel) => {
    vi.stubGlobal('BroadcastChannel', BroadcastChannel)
    const channel = browserChannel()
    channel.listen(() => undefined)
    channel.tell('signed-in')
  })
})
