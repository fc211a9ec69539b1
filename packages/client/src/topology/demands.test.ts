import { ParticipantId } from '@video-meet/protocol'
import { expect, it } from 'vitest'
import { Demands } from './demands.ts'

const ana = ParticipantId.parse(crypto.randomUUID())

it('asks for what is shown until there is a limit', () => {
  const demands = new Demands()
  expect(demands.set(ana, 'camera', { heightPx: 720 })).toEqual({ heightPx: 720 })
  demands.limitTo(({ source }) => (source === 'camera' ? { heightPx: 180 } : 'hidden'))
  expect(demands.set(ana, 'screen', { heightPx: 720 })).toBe('hidden')
  expect(demands.all).toEqual([
    [ana, 'camera', { heightPx: 180 }],
    [ana, 'screen', 'hidden'],
  ])
})

it('knows what nobody sees from what is held back', () => {
  const demands = new Demands()
  demands.set(ana, 'camera', 'hidden')
  demands.set(ana, 'screen', { heightPx: 720 })
  demands.limitTo(() => 'hidden')
  expect([demands.isHidden(ana, 'camera'), demands.isWithheld(ana, 'camera')]).toEqual([true, false])
  expect([demands.isHidden(ana, 'screen'), demands.isWithheld(ana, 'screen')]).toEqual([true, true])
  expect([demands.isHidden(ana, 'microphone'), demands.isWithheld(ana, 'microphone')]).toEqual([false, false])
})
