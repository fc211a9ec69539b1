import type { RequestName } from '@video-meet/protocol'
import { FakeHandler, testFakeParameters, type types } from 'mediasoup-client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { silentLogger } from '../../core/logger.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import { buildMediaSession } from '../../testing/fake-server.ts'
import { loadDevice } from './device.ts'
import { SfuTopology } from './sfu-topology.ts'

/** What the server has sent so far, and sends each second. */
let sent: { bytes: number; perSecond: number }
let asked: RequestName[]
let sfu: SfuTopology

beforeEach(async () => {
  vi.useFakeTimers()
  sent = { bytes: 10_000, perSecond: 50_000 }
  asked = []
  const begunAt = performance.now()
  const request = async (name: RequestName) => {
    asked.push(name)
    if (name !== 'sfu.getStats') return await new Promise(() => {})
    const bytesSent = sent.bytes + (sent.perSecond * (performance.now() - begunAt)) / 1000
    return { receiveTransport: { bytesSent, bytesReceived: 0 } }
  }
  const capabilities = testFakeParameters.generateRouterRtpCapabilities()
  const device = await loadDevice(
    capabilities as unknown as Parameters<typeof loadDevice>[0],
    FakeHandler.createFactory(testFakeParameters) as types.HandlerFactory,
  )
  sfu = new SfuTopology(device, {
    request: request as unknown as SendRequest,
    onNotification: () => () => undefined,
    iceServers: { current: () => [], on: () => () => undefined },
    log: silentLogger,
  })
  sfu.restore(buildMediaSession(), [])
})
afterEach(() => {
  sfu.close()
  vi.useRealTimers()
})

it('mends at once what has been silent since the server was asked', async () => {
  sfu.silenced()
  await vi.advanceTimersByTimeAsync(3000)
  void sfu.mend(2)
  await vi.advanceTimersByTimeAsync(0)
  expect(asked).toEqual(['sfu.getStats', 'sfu.getStats', 'sfu.openSession'])
})

it('looks for a second when it did not ask before', async () => {
  void sfu.mend(2)
  await vi.advanceTimersByTimeAsync(999)
  expect(asked).toEqual(['sfu.getStats'])
  await vi.advanceTimersByTimeAsync(1)
  expect(asked).toEqual(['sfu.getStats', 'sfu.getStats', 'sfu.openSession'])
})

it('mends nothing when the server has nothing to send but reports', async () => {
  sent.perSecond = 300
  sfu.silenced()
  await vi.advanceTimersByTimeAsync(3000)
  await sfu.mend(2)
  expect(asked).not.toContain('sfu.openSession')
})
