import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../core/logger.ts'
import { FakeChannel } from '../testing/fake-channel.ts'
import { Connector } from './connector.ts'

let channel: FakeChannel
let network: EventTarget
let connector: Connector

beforeEach(() => {
  vi.useFakeTimers()
  channel = new FakeChannel()
  network = new EventTarget()
  connector = new Connector({
    channel,
    network,
    log: silentLogger,
    policy: () => ({ delayMs: 1000, timeoutMs: 500 }),
  })
})
afterEach(() => {
  connector.close()
  vi.useRealTimers()
})

describe('Connector', () => {
  it('opens the channel at once', async () => {
    connector.start()
    await connector.untilOpen()
    expect(channel.isOpen).toBe(true)
  })

  it('tries again after the delay until the server is there', async () => {
    channel.reachable = false
    connector.start()
    await vi.advanceTimersByTimeAsync(2500)
    channel.reachable = true
    expect(connector.state.get().status).toBe('connecting')
    await vi.advanceTimersByTimeAsync(500)
    expect(connector.state.get().status).toBe('open')
  })

  it('opens it again when it drops', async () => {
    connector.start()
    await connector.untilOpen()
    channel.drop()
    expect(connector.state.get().status).toBe('connecting')
    await vi.advanceTimersByTimeAsync(1000)
    expect(channel.isOpen).toBe(true)
  })

  it('does not wait when the network says that it is back', async () => {
    connector.start()
    await connector.untilOpen()
    channel.drop()
    network.dispatchEvent(new Event('online'))
    await vi.advanceTimersByTimeAsync(0)
    expect(channel.isOpen).toBe(true)
  })

  it('gives up for good when the server speaks another version', async () => {
    channel.refusal = { code: 'version_mismatch', message: 'Reload the page.' }
    connector.start()
    await expect(connector.untilOpen()).rejects.toMatchObject({ code: 'version_mismatch' })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('tries again when the server is only busy', async () => {
    channel.refusal = { code: 'rate_limited', message: 'Slow down.' }
    connector.start()
    await vi.advanceTimersByTimeAsync(0)
    channel.refusal = null
    await vi.advanceTimersByTimeAsync(1000)
    expect(channel.isOpen).toBe(true)
  })

  it('rejects who waits when it is closed, and leaves no timer', async () => {
    channel.reachable = false
    connector.start()
    const waiting = connector.untilOpen()
    await vi.advanceTimersByTimeAsync(0)
    connector.close()
    await expect(waiting).rejects.toMatchObject({ code: 'closed' })
    expect(vi.getTimerCount()).toBe(0)
  })

  it('lets who waits give up', async () => {
    channel.reachable = false
    connector.start()
    const controller = new AbortController()
    const waiting = connector.untilOpen(controller.signal)
    controller.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  })
})
