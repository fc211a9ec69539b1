import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { type WantedLayer, WantedLayers } from './wanted-layers.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

function open() {
  const told: [string, WantedLayer][] = []
  const wanted = new WantedLayers({
    onChanged: (producer, layer) => told.push([producer, layer]),
    lessAfterMs: 3000,
  })
  return { told, wanted }
}

it('tells of less when it has been enough for three seconds: the largest that anybody wants then', () => {
  const { told, wanted } = open()
  wanted.set('camera', 'ana', 0)
  wanted.set('camera', 'ben', 2)
  vi.advanceTimersByTime(2000)
  wanted.set('camera', 'ben', 1)
  wanted.set('other', 'ana', 0)
  vi.advanceTimersByTime(999)
  expect(told).toEqual([])
  vi.advanceTimersByTime(1)
  expect(told).toEqual([['camera', 1]])
  vi.advanceTimersByTime(2000)
  expect(told).toEqual([
    ['camera', 1],
    ['other', 0],
  ])
})

it('tells of more at once', () => {
  const { told, wanted } = open()
  wanted.set('camera', 'ana', null)
  vi.advanceTimersByTime(3000)
  wanted.set('camera', 'ana', 0)
  wanted.set('camera', 'ben', 2)
  wanted.set('camera', 'cy', 1)
  expect(told).toEqual([
    ['camera', null],
    ['camera', 0],
    ['camera', 2],
  ])
})

it('says nothing when tiles only come and go', () => {
  const { told, wanted } = open()
  for (let times = 0; times < 10; times += 1) {
    wanted.set('camera', 'ana', 3)
    vi.advanceTimersByTime(2000)
    wanted.set('camera', 'ana', null)
    vi.advanceTimersByTime(2000)
  }
  expect(told).toEqual([])
})

it('wants nothing when nobody shows it, or all who did have gone', () => {
  const { told, wanted } = open()
  wanted.set('camera', 'ana', 1)
  wanted.set('camera', 'ben', null)
  wanted.remove('camera', 'ana')
  wanted.remove('camera', 'ana')
  vi.advanceTimersByTime(3000)
  expect(told).toEqual([['camera', null]])
})

it('forgets a producer that is gone', () => {
  const { told, wanted } = open()
  wanted.set('camera', 'ana', 0)
  wanted.forget('camera')
  wanted.set('screen', 'ana', null)
  wanted.close()
  expect(vi.getTimerCount()).toBe(0)
  vi.advanceTimersByTime(10_000)
  expect(told).toEqual([])
})
