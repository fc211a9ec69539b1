import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { ana, ben, cem, personWith } from '../testing/fake-call.ts'
import type { TrackDemand } from '../track.ts'
import type { QualityChoice } from './demands.ts'
import { ExpectedMedia } from './expected-media.ts'
import { PictureLimits, type PictureLimitsOptions } from './picture-limits.ts'
import type { SendingLimits } from './sending-limits.ts'

let expected: ExpectedMedia
let asked: Map<string, TrackDemand>
let sending: SendingLimits | undefined
let speak: (activeSpeaker: typeof ana | null) => void
let limits: PictureLimits
let listeners: number

const way = {
  setLimits(next: SendingLimits) {
    sending = next
  },
  setDemand(id: string, source: string, demand: TrackDemand) {
    asked.set(`${id}/${source}`, demand)
  },
}

beforeEach(() => {
  vi.useFakeTimers()
  expected = new ExpectedMedia()
  asked = new Map()
  listeners = 0
  const speakers: PictureLimitsOptions['speakers'][number] = (_, listener) => {
    listeners += 1
    speak = (activeSpeaker) => listener({ activeSpeaker, levels: [] })
    return () => {
      listeners -= 1
    }
  }
  limits = new PictureLimits(expected, { ways: () => [way], update: () => undefined, speakers: [speakers] })
  for (const id of [ana, ben]) {
    expected.add(personWith(id, { source: 'camera', muted: false }))
    expected.demands.set(id, 'camera', { heightPx: 720 })
  }
})

afterEach(() => {
  limits.close()
  vi.useRealTimers()
})

const settle = () => vi.advanceTimersByTime(300)
const camera = (id: string) => asked.get(`${id}/camera`)

it.each<[QualityChoice, TrackDemand, number]>([
  ['auto', { heightPx: 720 }, Infinity],
  ['high', { heightPx: 720 }, Infinity],
  ['standard', { heightPx: 360 }, 360],
  ['low', { heightPx: 180 }, 180],
  ['audio', 'hidden', 180],
])('with %s so much of a camera is asked for and sent', (choice, demand, lines) => {
  limits.choose(choice)
  expect([camera(ana), camera(ben)]).toEqual([demand, demand])
  expect(sending).toMatchObject({ mostLines: lines, saving: false })
})

it('keeps a screen readable, and small pictures small', () => {
  expected.demands.set(cem, 'screen', { heightPx: 1080 })
  expected.demands.set(ben, 'camera', { heightPx: 90 })
  limits.choose('low')
  expect(asked.get(`${cem}/screen`)).toEqual({ heightPx: 1080 })
  expect(camera(ben)).toEqual({ heightPx: 90 })
})

it('asks for one small slow face while saving: that of the speaker', () => {
  limits.choose('saving')
  expect([camera(ana), camera(ben)]).toEqual([{ heightPx: 180, maxFps: 8 }, 'hidden'])
  speak(ben)
  expect(camera(ana)).not.toBe('hidden')
  settle()
  expect([camera(ana), camera(ben)]).toEqual(['hidden', { heightPx: 180, maxFps: 8 }])
  limits.choose('auto')
  expect([camera(ana), camera(ben)]).toEqual([{ heightPx: 720 }, { heightPx: 720 }])
})

it('asks for slides instead as soon as somebody shares a screen, and for a face again after that', () => {
  limits.choose('saving')
  expected.list(ben, 'screen', false)
  expected.demands.set(ben, 'screen', { heightPx: 900 })
  limits.refresh()
  settle()
  expect(asked.get(`${ben}/screen`)).toEqual({ heightPx: 900, maxFps: 1 })
  expect([camera(ana), camera(ben)]).toEqual(['hidden', 'hidden'])
  expected.list(ben, 'screen', null)
  limits.refresh()
  expect(camera(ana)).toEqual({ heightPx: 180, maxFps: 8 })
})

it('asks for somebody else when who was seen turns the camera off, or is out of sight', () => {
  limits.choose('saving')
  expected.list(ana, 'camera', true)
  limits.refresh()
  expect(camera(ben)).toEqual({ heightPx: 180, maxFps: 8 })
  expected.list(ana, 'camera', false)
  expected.demands.set(ben, 'camera', 'hidden')
  limits.refresh()
  expect([camera(ana), camera(ben)]).toEqual([{ heightPx: 180, maxFps: 8 }, 'hidden'])
})

it('does not follow tiles that change their size one after the other', () => {
  limits.choose('saving')
  expected.demands.set(ben, 'camera', { heightPx: 2000 })
  limits.refresh()
  vi.advanceTimersByTime(100)
  expected.demands.set(ana, 'camera', { heightPx: 2000 })
  limits.refresh()
  settle()
  expect([camera(ana), camera(ben)]).toEqual([{ heightPx: 180, maxFps: 8 }, 'hidden'])
})

it.each<[QualityChoice, number, number]>([
  ['auto', 3, 3],
  ['standard', 1, 3],
  ['low', 0, 3],
  ['saving', 0, 0],
])('with %s sends the server no layers above these', (choice, face, screen) => {
  limits.choose(choice)
  expect([sending?.topLayer('camera'), sending?.topLayer('screen')]).toEqual([face, screen])
})

it('listens to nobody when it is closed', () => {
  limits.close()
  expect(listeners).toBe(0)
})

it('sends a smaller camera on a device for which it is too much, and as large as chosen when that is over', () => {
  limits.choose('standard')
  limits.strain(1)
  expect(sending?.mostLines).toBe(360)
  limits.strain(2)
  expect(sending?.mostLines).toBe(180)
  limits.choose('high')
  expect(sending?.mostLines).toBe(180)
  limits.strain(1)
  expect(sending?.mostLines).toBe(360)
  limits.strain(0)
  expect(sending?.mostLines).toBe(Infinity)
})
