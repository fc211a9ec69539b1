import { act, screen } from '@testing-library/react'
import { buildParticipant } from '@video-meet/client/testing'
import { expect, test } from 'vitest'
import { joinTestRoom, renderInRoom } from '../../../test/render-in-room.tsx'
import { Stage } from './stage.tsx'

test('fetches no picture of those for whom there is no tile', async () => {
  const here = await joinTestRoom()
  const names = Array.from({ length: 9 }, (_, index) => `Person ${index}`)
  const others = names.map((name) => buildParticipant({ name, tracks: [{ source: 'camera', muted: false }] }))
  renderInRoom(here, <Stage />)
  await act(async () => {
    for (const person of others) here.fake.server.notify('room.participantJoined', person)
  })
  expect(here.room.participants.get()).toHaveLength(11)
  const last = others.at(-1)
  expect(screen.queryByRole('group', { name: /Person 8/ })).toBeNull()
  expect(here.fake.topology.demands.get(`${last?.id}/camera`)).toBe('hidden')
})
