import type { ConsumerId } from '@video-meet/protocol'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../core/logger.ts'
import { SignalingError } from '../../errors.ts'
import type { SendRequest } from '../../signaling/signaling-client.ts'
import { LayerRequests } from './layer-requests.ts'

const a = 'a' as ConsumerId
const b = 'b' as ConsumerId
let sent: unknown[]
let failing: boolean
let layers: LayerRequests

beforeEach(() => {
  vi.useFakeTimers()
  sent = []
  failing = false
  const request = ((_name: string, input: unknown) => {
    sent.push(input)
    return failing ? Promise.reject(SignalingError.disconnected('sfu.setLayers')) : Promise.resolve({})
  }) as SendRequest
  layers = new LayerRequests(request, silentLogger)
})
afterEach(() => {
  layers.close()
  vi.useRealTimers()
})

describe('LayerRequests', () => {
  it('collects the changes of 100 ms in one request and sends the newest of each', async () => {
    layers.set(a, { spatialLayer: 0 })
    layers.set(b, { spatialLayer: 1 })
    await vi.advanceTimersByTimeAsync(50)
    layers.set(a, { spatialLayer: 2 })
    await vi.advanceTimersByTimeAsync(50)
    expect(sent).toEqual([
      {
        layers: [
          { consumerId: a, spatialLayer: 2 },
          { consumerId: b, spatialLayer: 1 },
        ],
      },
    ])
  })

  it('sends only what has changed', async () => {
    layers.set(a, { spatialLayer: 0 })
    layers.set(b, { spatialLayer: null })
    await vi.advanceTimersByTimeAsync(100)
    layers.set(a, { spatialLayer: 0 })
    layers.set(b, { spatialLayer: 1 })
    await vi.advanceTimersByTimeAsync(100)
    expect(sent[1]).toEqual({ layers: [{ consumerId: b, spatialLayer: 1 }] })
    layers.set(a, { spatialLayer: 0 })
    await vi.advanceTimersByTimeAsync(100)
    expect(sent).toHaveLength(2)
  })

  it('tells that less is enough only when it stays so, as every change of size costs a whole picture', async () => {
    layers.set(a, { spatialLayer: 2 })
    layers.set(b, { spatialLayer: 2 })
    await vi.advanceTimersByTimeAsync(100)
    layers.set(a, { spatialLayer: 0 })
    layers.set(b, { spatialLayer: 1 })
    await vi.advanceTimersByTimeAsync(1000)
    layers.set(b, { spatialLayer: 2 })
    await vi.advanceTimersByTimeAsync(900)
    expect(sent.slice(1).flatMap((input) => (input as { layers: unknown[] }).layers)).toEqual([])
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.at(-1)).toEqual({ layers: [{ consumerId: a, spatialLayer: 0 }] })
  })

  it.each([
    { spatialLayer: null },
    // On a bad line.
    { spatialLayer: 0, temporalLayer: 0 },
  ])('tells at once that nothing more is needed than %o', async (layer) => {
    layers.set(a, { spatialLayer: 2 })
    await vi.advanceTimersByTimeAsync(100)
    layers.set(a, layer)
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.at(-1)).toEqual({ layers: [{ consumerId: a, ...layer }] })
  })

  it('sends again what did not get through', async () => {
    failing = true
    layers.set(a, { spatialLayer: 0 })
    await vi.advanceTimersByTimeAsync(100)
    failing = false
    layers.retry()
    await vi.advanceTimersByTimeAsync(100)
    expect(sent).toHaveLength(2)
    expect(sent[1]).toEqual(sent[0])
  })

  it('tells of another rate as of another size', async () => {
    layers.set(a, { spatialLayer: 0 })
    await vi.advanceTimersByTimeAsync(100)
    layers.set(a, { spatialLayer: 0, temporalLayer: 0 })
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.at(-1)).toEqual({ layers: [{ consumerId: a, spatialLayer: 0, temporalLayer: 0 }] })
    layers.set(a, { spatialLayer: 0, temporalLayer: 0 })
    await vi.advanceTimersByTimeAsync(100)
    expect(sent).toHaveLength(2)
  })

  it('keeps a request within what the server accepts', async () => {
    for (let index = 0; index < 150; index += 1)
      layers.set(`consumer-${index}` as ConsumerId, { spatialLayer: 0 })
    await vi.advanceTimersByTimeAsync(100)
    expect(sent.map((input) => (input as { layers: unknown[] }).layers.length)).toEqual([100, 50])
  })

  it('asks nothing for consumers that are gone', async () => {
    layers.set(a, { spatialLayer: 0 })
    layers.forget(a)
    await vi.advanceTimersByTimeAsync(100)
    expect(sent).toEqual([])
  })
})
