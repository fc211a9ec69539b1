import { createIceServers } from '../../src/room/ice-servers.ts'

/** Names a STUN and a TURN server that nobody reaches. */
export const testIceServers = createIceServers({
  stunUrls: ['stun:stun.example.org'],
  turnUrls: ['turn:turn.example.org'],
  turnSecrets: ['a-secret-of-the-turn-server'],
})
