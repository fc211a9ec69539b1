import { type JoinOptions, joinRoom } from '../room-join.ts'
import { createSeatTokens } from '../room-seat-tokens.ts'
import { PreparedSession } from '../room-session.ts'
import type { Room } from '../room.ts'
import { FakeServer, FAKE_CODE } from './fake-server.ts'
import { FakeEngine, type FakeTopology } from './fake-topology.ts'
import { FakeTrack } from './fake-track.ts'

/** A session with a server in memory and no media. */
export interface FakeSession {
  readonly session: PreparedSession
  readonly server: FakeServer
  readonly engine: FakeEngine
  readonly topology: FakeTopology
  /** Joins with what is given; the rest are fakes. */
  readonly join: (options?: Partial<JoinOptions>) => Promise<Room>
}

/** Creates a session for tests. `prepare` gets the server before the session connects to it. */
export function createFakeSession(prepare?: (server: FakeServer) => void): FakeSession {
  const server = new FakeServer()
  prepare?.(server)
  const engine = new FakeEngine()
  const session = new PreparedSession({
    channel: server.channel,
    createLobbyChannel: () => server.lobby,
    loadEngine: () => Promise.resolve(engine),
    policy: () => ({ delayMs: 1, timeoutMs: 1000 }),
    logSink: () => {},
  })
  const join = (options: Partial<JoinOptions> = {}) =>
    joinRoom({
      code: FAKE_CODE,
      name: 'Me',
      session,
      ...options,
      parts: {
        tokens: createSeatTokens(() => {
          throw new Error('no storage in tests')
        }),
        capture: {
          captureMicrophone: () => Promise.resolve(new FakeTrack('audio')),
          captureCamera: () => Promise.resolve(new FakeTrack('video')),
          captureScreen: () =>
            Promise.resolve({ screen: new FakeTrack('video'), screenAudio: new FakeTrack('audio') }),
        },
        ...options.parts,
      },
    })
  return { session, server, engine, topology: engine.topology, join }
}
