import { expect, it } from 'vitest'
import { type FeatureRoom, openFeatureRoom } from '../../../test/lib/feature-room.ts'
import { createModeration } from './moderation.ts'

const bans = {
  add: async () => undefined,
  list: async () => [],
  lift: async () => null,
  keepsOut: async () => false,
}
const recorded = ({ acts }: FeatureRoom) => acts.map(({ action, actor }) => [action, actor.name])

function open(room: FeatureRoom, endMeeting = async () => undefined) {
  return createModeration({ bans, endMeeting }).create(room.context).handlers
}

it('records the end of a meeting when it has ended, not when it could not be ended', async () => {
  const room = openFeatureRoom()
  const hal = room.enter('Hal', 'host')
  const failing = open(room, () => Promise.reject(new Error('busy')))
  await expect(failing['moderation.end'](hal, {})).rejects.toThrow('busy')
  expect(recorded(room)).toEqual([])
  await open(room)['moderation.end'](hal, {})
  expect(recorded(room)).toEqual([['call.ended', 'Hal']])
})

it('records and tells what was decided though the media of one person does not answer', async () => {
  const room = openFeatureRoom()
  const [hal, ana, ben] = [room.enter('Hal', 'host'), room.enter('Ana'), room.enter('Ben')]
  for (const { tracks } of [ana, ben]) tracks.set('microphone', { source: 'microphone', muted: false })
  const its = open({
    ...room,
    context: {
      ...room.context,
      stop: (id) => (id === ana.id ? Promise.reject(new Error('no answer')) : Promise.resolve()),
    },
  })
  const stop = { participantId: ana.id, source: 'microphone', lasting: true } as const
  await expect(its['moderation.stop'](hal, stop)).rejects.toThrow('no answer')
  await expect(its['moderation.muteAll'](hal, { lasting: false })).rejects.toThrow('no answer')
  await expect(its['moderation.panic'](hal, {})).rejects.toThrow('no answer')
  expect(recorded(room)).toEqual([
    ['call.muted', 'Hal'],
    ['call.muted_all', 'Hal'],
    ['call.secured', 'Hal'],
  ])
  expect(room.toldTo(ana)[0]).toMatchObject({ name: 'moderation.noted', payload: { act: 'stopped' } })
})
