import { ParticipantId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { Demands, type QualityChoice } from './demands.ts'

const ana = ParticipantId.parse(crypto.randomUUID())

it.each<[QualityChoice, unknown, unknown]>([
  ['auto', { heightPx: 720 }, { heightPx: 1080 }],
  ['high', { heightPx: 720 }, { heightPx: 1080 }],
  ['standard', { heightPx: 360 }, { heightPx: 1080 }],
  ['low', { heightPx: 180 }, { heightPx: 1080 }],
  ['audio', 'hidden', 'hidden'],
])('with %s asks for so much of what is shown', (choice, camera, screen) => {
  const demands = new Demands()
  demands.choose(choice)
  expect(demands.set(ana, 'camera', { heightPx: 720 })).toEqual(camera)
  expect(demands.set(ana, 'screen', { heightPx: 1080 })).toEqual(screen)
  expect(demands.all).toEqual([
    [ana, 'camera', camera],
    [ana, 'screen', screen],
  ])
})

it('asks for no more than is shown, and for nothing that nobody sees', () => {
  const demands = new Demands()
  demands.choose('low')
  expect(demands.set(ana, 'camera', { heightPx: 90 })).toEqual({ heightPx: 90 })
  expect(demands.isHidden(ana, 'camera')).toBe(false)
  expect(demands.isHidden(ana, 'screen')).toBe(false)
  demands.set(ana, 'camera', 'hidden')
  expect(demands.isHidden(ana, 'camera')).toBe(true)
})

it('asks anew for everything when the person chooses anew', () => {
  const demands = new Demands()
  demands.set(ana, 'camera', { heightPx: 720 })
  demands.choose('audio')
  expect(demands.all).toEqual([[ana, 'camera', 'hidden']])
  expect(demands.isHidden(ana, 'camera')).toBe(true)
  demands.choose('auto')
  expect(demands.all).toEqual([[ana, 'camera', { heightPx: 720 }]])
})

it.each<[QualityChoice, number]>([
  ['auto', Infinity],
  ['standard', 360],
  ['audio', 180],
])('with %s sends the own camera no larger than that, and never not at all', (choice, lines) => {
  const demands = new Demands()
  demands.choose(choice)
  expect(demands.linesToSend).toBe(lines)
})
