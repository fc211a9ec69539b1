import { expect, it, vi } from 'vitest'
import { buildJoinReply } from './testing/fake-server.ts'
import { createFakeSession } from './testing/fake-session.ts'

function listOf(username: string) {
  return {
    servers: [{ urls: ['turn:turn.example.org'], username, credential: 'secret' }],
    lifetimeSeconds: 3600,
  }
}

it('has the TURN credentials of the newest join before the media session is taken over', async () => {
  const { server, topology, join } = createFakeSession()
  const seen: (string | undefined)[] = []
  vi.spyOn(topology, 'restore').mockImplementation(() => {
    seen.push(topology.context?.iceServers.current()[0]?.username)
  })
  server.joinReply = buildJoinReply({ iceServers: listOf('first') })
  const room = await join()
  server.joinReply = { ...server.joinReply, iceServers: listOf('second') }
  server.channel.drop()
  await vi.waitFor(() => expect(room.state.get().status).toBe('connected'))
  expect(seen).toEqual(['first', 'second'])
})
