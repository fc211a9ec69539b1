import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ben, FakeCall, personWith, wait } from '../testing/fake-call.ts'

const loads = vi.hoisted(() => ({ fail: true }))
vi.mock(import('./mesh/mesh-topology.ts'), async (original) => {
  const module = await original()
  return {
    ...module,
    get MeshTopology() {
      if (loads.fail) throw new TypeError('Failed to fetch dynamically imported module')
      return module.MeshTopology
    },
  }
})

let call: FakeCall

beforeEach(() => {
  vi.useFakeTimers()
  loads.fail = true
  call = new FakeCall()
})
afterEach(() => {
  call.topology.close()
  vi.useRealTimers()
})

it('says nothing of it when the call is over', async () => {
  call.restore({ mode: 'direct', settled: false }, [personWith(ben)])
  call.topology.close()
  await wait(100)
  expect(call.reports).toEqual([])
})

it('says that links are not for this client when the code for them cannot be loaded, and tries again at the next decision', async () => {
  call.restore({ mode: 'direct', settled: false }, [personWith(ben)])
  await wait(100)
  expect(call.reports).toEqual([{ problem: 'limited' }])
  expect(call.network.connections).toEqual([])
  loads.fail = false
  call.decide('sfu')
  call.decide('direct')
  await wait(100)
  expect(call.network.connections).toHaveLength(1)
  expect(call.reports).toHaveLength(1)
})
