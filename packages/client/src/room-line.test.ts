import { expect, it, vi } from 'vitest'
import { createFakeSession } from './testing/fake-session.ts'

it('is looked after when nothing comes in, and tried again at once when something does', async () => {
  const { join, server, topology } = createFakeSession()
  const room = await join()
  topology.emit('silenced')
  expect(server.inputsOf('room.check')).toHaveLength(1)
  server.channel.reachable = false
  server.channel.drop()
  await vi.waitFor(() => expect(room.state.get().status).toBe('reconnecting'))
  server.channel.reachable = true
  topology.emit('revived')
  await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
  await room.leave()
})

it('asks for the media session that there is when it is back, not when it was lost', async () => {
  const { join, server, topology } = createFakeSession()
  const room = await join()
  server.channel.drop()
  topology.mediaSessionId = undefined
  await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
  expect(server.inputsOf('room.join')[1]).not.toHaveProperty('mediaSessionId')
  await room.leave()
})
