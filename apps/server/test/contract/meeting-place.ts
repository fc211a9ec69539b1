import { randomUUID } from 'node:crypto'
import type { JoinOptions, Room } from '@video-meet/client'
import { createFakeSession, type FakeChannel, type FakeSession } from '@video-meet/client/testing'
import { type Contract, requests } from '@video-meet/protocol'
import { onTestFinished } from 'vitest'
import { createLogger } from '../../src/platform/logger.ts'
import { REQUEST_POLICY } from '../../src/room/permissions.ts'
import { createRequestHandlers } from '../../src/room/request-handlers.ts'
import { createResumeTokens } from '../../src/room/resume-token.ts'
import { RoomGateway } from '../../src/room/room-gateway.ts'
import { DEFAULT_ROOM_LIMITS, type RoomLimits } from '../../src/room/room-options.ts'
import { RoomRegistry } from '../../src/room/room-registry.ts'
import { Connection, type MeetingMessages } from '../../src/signaling/connection.ts'
import { createDispatch, type Dispatch } from '../../src/signaling/dispatch.ts'
import { admitGuests } from '../lib/admit-guests.ts'
import { FakeRouters } from '../lib/fake-router.ts'
import { createTestFeatures } from '../lib/test-features.ts'
import { testIceServers } from '../lib/test-ice-servers.ts'

const SECRET = new TextEncoder().encode('a-secret-that-is-long-enough-for-tests')

/** One person with the real SDK; the wire to the server is in memory and can be cut. */
export interface Person extends FakeSession {
  readonly room: Room
}

/** The real dispatch, rooms and features, with one meeting and no media. */
export interface MeetingPlace {
  readonly registry: RoomRegistry
  readonly routers: FakeRouters
  /** @param parts stand-ins for what the browser keeps */
  arrive(name: string, parts?: JoinOptions['parts']): Promise<Person>
}

export function openMeetingPlace(limits: Partial<RoomLimits> = {}): MeetingPlace {
  const log = createLogger({ level: 'silent' })
  const routers = new FakeRouters()
  const registry = new RoomRegistry({
    routers,
    limits: { ...DEFAULT_ROOM_LIMITS, ...limits },
    log,
  })
  registry.equip({ features: createTestFeatures() })
  const tokens = createResumeTokens(SECRET)
  const gateway = new RoomGateway({ registry, tokens, door: admitGuests(tokens), iceServers: testIceServers })
  const dispatch = createDispatch<MeetingMessages>({
    requests,
    handlers: createRequestHandlers(gateway, REQUEST_POLICY),
    log,
  })
  onTestFinished(() => registry.close())
  return {
    registry,
    routers,
    async arrive(name, parts = {}) {
      const fake = createFakeSession()
      connect(fake.server.channel, dispatch)
      const room = await fake.join({ name, parts })
      onTestFinished(() => room.leave())
      return { ...fake, room }
    },
  }
}

/** Each time the client connects, the server sees a new connection. */
export function connect<M extends Contract>(
  channel: FakeChannel,
  dispatch: Dispatch<M>,
  address: () => string = () => '',
): void {
  channel.server.removeAllListeners()
  let connection: Connection<M> | undefined
  channel.server.on('connected', () => {
    connection = new Connection<M>(randomUUID(), {
      address: address(),
      send: (name, payload) => channel.notify(name, payload),
      // What was sent before arrives before.
      close: () => queueMicrotask(() => channel.drop()),
    })
  })
  channel.server.on('disconnected', () => connection?.ended())
  channel.server.on('request', ({ name, input, id, reply }) => {
    if (connection) void dispatch(connection, { name, input, requestId: id }, reply)
  })
}
