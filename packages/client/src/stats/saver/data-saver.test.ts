import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Store } from '../../core/store.ts'
import type { QualityChoice } from '../../topology/demands.ts'
import type { CallSample } from '../call-sample.ts'
import { DataSaver } from './data-saver.ts'

const QUALITY = { level: 'good', problem: null, advice: null } as const

class FakeRoom {
  readonly quality = new Store<QualityChoice>('auto')
  readonly state = new Store({ status: 'connected' })
  setQuality(choice: QualityChoice): void {
    this.quality.set(choice)
  }
}

let room: FakeRoom
let sample: Store<CallSample | null>
let automatic: boolean
let saver: DataSaver
let told: string[]

beforeEach(() => {
  vi.useFakeTimers()
  room = new FakeRoom()
  sample = new Store<CallSample | null>(null)
  automatic = false
  saver = new DataSaver({ room, sample, isAutomatic: () => automatic })
  told = []
  saver.on('began', () => told.push('began'))
  saver.on('undone', () => told.push('undone'))
})
afterEach(() => {
  saver.close()
  vi.useRealTimers()
})

/** A camera goes out for some seconds, and so much of it is lost. */
function pass(seconds: number, lossShare: number): void {
  for (let passed = 0; passed < seconds; passed += 2) {
    vi.advanceTimersByTime(2000)
    const stats = {
      bitrateBps: 100_000,
      fps: 15,
      width: 320,
      height: 180,
      codec: 'VP8',
      layers: 1,
      targetBps: null,
      limitation: 'none' as const,
      lossShare,
      rttMs: 40,
      jitterMs: 5,
    }
    const leaving = [{ source: 'camera' as const, way: 'sfu' as const, to: null, path: null, stats }]
    sample.set({ at: Date.now(), people: [], leaving, own: QUALITY })
  }
}

it('saves when the person accepts, and brings back what they had when the line is good', () => {
  room.setQuality('standard')
  pass(12, 0.3)
  expect([saver.phase.get(), room.quality.get()]).toEqual(['proposed', 'standard'])
  saver.accept()
  expect([saver.phase.get(), room.quality.get()]).toEqual(['on', 'saving'])
  pass(30, 0)
  expect([saver.phase.get(), room.quality.get()]).toEqual(['trial', 'standard'])
  expect(told).toEqual(['undone'])
  pass(20, 0)
  expect([saver.phase.get(), room.quality.get()]).toEqual(['off', 'standard'])
})

it('saves again without a question when the line does not carry what came back', () => {
  pass(12, 0.3)
  saver.accept()
  pass(30, 0)
  pass(6, 0.3)
  expect([saver.phase.get(), room.quality.get()]).toEqual(['on', 'saving'])
  pass(58, 0)
  expect(room.quality.get()).toBe('saving')
  pass(2, 0)
  expect(room.quality.get()).toBe('auto')
})

it('asks nobody who wants it done by itself', () => {
  automatic = true
  pass(12, 0.3)
  expect([saver.phase.get(), room.quality.get(), told]).toEqual(['on', 'saving', ['began']])
})

it('is quiet for a while when the person declines, and gives back what they had when they end it', () => {
  pass(12, 0.3)
  saver.decline()
  expect(saver.phase.get()).toBe('off')
  pass(280, 0.3)
  expect(saver.phase.get()).toBe('off')
  pass(30, 0.3)
  saver.accept()
  saver.decline()
  expect([saver.phase.get(), room.quality.get()]).toEqual(['off', 'auto'])
})

it('leaves it to the person who chooses another quality meanwhile', () => {
  pass(12, 0.3)
  saver.accept()
  room.setQuality('low')
  expect([saver.phase.get(), room.quality.get()]).toEqual(['off', 'low'])
  pass(120, 0.3)
  expect([saver.phase.get(), room.quality.get(), told]).toEqual(['off', 'low', []])
})

it('ends nothing that the person chose in the settings, and proposes nothing to who spends nothing', () => {
  room.setQuality('saving')
  pass(120, 0)
  expect(room.quality.get()).toBe('saving')
  room.setQuality('audio')
  pass(120, 0.3)
  expect(saver.phase.get()).toBe('off')
})

it('neither begins nor ends while the line to the server is lost', () => {
  room.state.set({ status: 'reconnecting' })
  pass(60, 0.3)
  expect(saver.phase.get()).toBe('off')
})

it('ends what it began when it is closed, unless the call is over', () => {
  pass(12, 0.3)
  saver.accept()
  room.state.set({ status: 'ended' })
  saver.close()
  expect(room.quality.get()).toBe('saving')
  room.state.set({ status: 'connected' })
  saver.close()
  expect(room.quality.get()).toBe('auto')
})

it('looks at nothing any more when it is closed', () => {
  saver.close()
  pass(60, 0.3)
  expect(saver.phase.get()).toBe('off')
})
