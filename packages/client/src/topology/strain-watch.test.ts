import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { StrainWatch } from './strain-watch.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const LOOK_MS = 2000
const MINUTE_MS = 60_000

/** A camera, what limits it, and what is done about that; `mayStep`: less can be sent. */
function openWatch({ mayStep = true } = {}) {
  const camera = { reason: 'none', isSent: true, isActive: true }
  const told: string[] = []
  const sender = {
    getStats: () =>
      Promise.resolve(
        new Map([
          ['out', { type: 'outbound-rtp', active: camera.isActive, qualityLimitationReason: camera.reason }],
        ]),
      ),
  } as unknown as RTCRtpSender
  const watch = new StrainWatch({
    senders: () => (camera.isSent ? [sender] : []),
    onStrained: () => {
      told.push('less')
      return mayStep
    },
    onRelieved: () => told.push('more'),
  })
  watch.start()
  const pass = (ms: number, reason = camera.reason) => {
    camera.reason = reason
    return vi.advanceTimersByTimeAsync(ms)
  }
  return { camera, told, watch, pass }
}

describe('a camera that is too much for the device', () => {
  it('is made less after sixteen seconds, and less again if that is not enough', async () => {
    const { told, pass } = openWatch()
    await pass(7 * LOOK_MS, 'cpu')
    expect(told).toEqual([])
    await pass(LOOK_MS)
    expect(told).toEqual(['less'])
    await pass(8 * LOOK_MS)
    expect(told).toEqual(['less', 'less'])
  })

  it('is left alone when it is so only for moments, or for want of bandwidth', async () => {
    const { told, pass } = openWatch()
    for (let round = 0; round < 10; round += 1) {
      await pass(3 * LOOK_MS, 'cpu')
      await pass(2 * LOOK_MS, 'none')
    }
    await pass(MINUTE_MS, 'bandwidth')
    expect(told).toEqual([])
  })

  it('does not count in a layer that is not sent', async () => {
    const { told, camera, pass } = openWatch()
    camera.isActive = false
    await pass(MINUTE_MS, 'cpu')
    expect(told).toEqual([])
  })

  it('is sent as before, a step at a time, when it has been well for a minute each', async () => {
    const { told, pass } = openWatch()
    await pass(16 * LOOK_MS, 'cpu')
    await pass(MINUTE_MS, 'none')
    expect(told).toEqual(['less', 'less', 'more'])
    await pass(MINUTE_MS)
    expect(told).toEqual(['less', 'less', 'more', 'more'])
    await pass(10 * MINUTE_MS)
    expect(told).toHaveLength(4)
  })

  it('waits longer each time it turns out that it was too early, for eight minutes at most', async () => {
    const { told, pass } = openWatch()
    await pass(8 * LOOK_MS, 'cpu')
    const waits: number[] = []
    for (let round = 0; round < 6; round += 1) {
      told.length = 0
      const before = Date.now()
      while (!told.includes('more') && Date.now() - before < 20 * MINUTE_MS) await pass(LOOK_MS, 'none')
      waits.push(Math.round((Date.now() - before) / MINUTE_MS))
      await pass(8 * LOOK_MS, 'cpu')
    }
    expect(waits).toEqual([1, 2, 4, 8, 8, 8])
  })

  it('says nothing of being well while the camera is off', async () => {
    const { told, camera, pass } = openWatch()
    await pass(8 * LOOK_MS, 'cpu')
    camera.isSent = false
    await pass(5 * MINUTE_MS)
    expect(told).toEqual(['less'])
    camera.isSent = true
    await pass(MINUTE_MS + LOOK_MS, 'none')
    expect(told).toEqual(['less', 'more'])
  })

  it('takes nothing back of what could not be made less', async () => {
    const { told, pass } = openWatch({ mayStep: false })
    await pass(8 * LOOK_MS, 'cpu')
    await pass(5 * MINUTE_MS, 'none')
    expect(told).toEqual(['less'])
  })
})

it('looks no more when it is stopped', async () => {
  const { told, watch, pass } = openWatch()
  await pass(7 * LOOK_MS, 'cpu')
  watch.stop()
  await pass(MINUTE_MS)
  expect(told).toEqual([])
})
