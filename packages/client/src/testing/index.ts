export { type ArrivedRequest, FakeChannel, type FakeServerEvents } from './fake-channel.ts'
export {
  FAKE_CODE,
  type FakeAnswer,
  FakeRefusal,
  FakeServer,
  buildJoinReply,
  buildMediaSession,
  buildParticipant,
} from './fake-server.ts'
export { type FakeSession, createFakeSession } from './fake-session.ts'
export { type FakeBrowser, createFakeBrowser } from './fake-tabs.ts'
export { FakeEngine, FakeTopology } from './fake-topology.ts'
export { FakeTrack } from './fake-track.ts'
export { type SessionParts, PreparedSession } from '../room-session.ts'
