import { randomUUID } from 'node:crypto'
import {
  DEFAULT_POLICY,
  type GrantableCapability,
  MeetingCode,
  MeetingId,
  type MeetingPolicy,
  type ParticipantId,
  type Reply,
  requests,
  type RoomRole,
  waitingRequests,
} from '@video-meet/protocol'
import { createLogger } from '../../src/platform/logger.ts'
import type { Door, Person } from '../../src/room/admission.ts'
import { LobbyGateway } from '../../src/room/lobby-gateway.ts'
import { REQUEST_POLICY } from '../../src/room/permissions.ts'
import { createRequestHandlers } from '../../src/room/request-handlers.ts'
import { createResumeTokens } from '../../src/room/resume-token.ts'
import { RoomGateway } from '../../src/room/room-gateway.ts'
import { DEFAULT_ROOM_LIMITS } from '../../src/room/room-options.ts'
import { RoomRegistry } from '../../src/room/room-registry.ts'
import type { Room } from '../../src/room/room.ts'
import { WaitingRooms } from '../../src/room/waiting-rooms.ts'
import { Connection, type MeetingMessages, type WaitingMessages } from '../../src/signaling/connection.ts'
import { createDispatch } from '../../src/signaling/dispatch.ts'
import { FakeRouters } from './fake-router.ts'
import { createTestFeatures } from './test-features.ts'
import { testIceServers } from './test-ice-servers.ts'

/** Everyone who may send something over a socket: `security.md`'s twelve, those in the call by what they are there. */
export const SEATED = [
  'host',
  'moderator',
  'presenter',
  'participant',
  'guest',
  'observer',
  'server administrator',
] as const
export const OUTSIDE = ['waiting', 'anonymous', 'removed', 'deactivated account'] as const
export type Seated = (typeof SEATED)[number]
export type PrincipalName = Seated | (typeof OUTSIDE)[number] | 'member of another meeting'

/** What somebody in the call is. */
export function roleOf(name: Seated): RoomRole {
  return name === 'server administrator' ? 'participant' : name
}

const CODES = { here: 'abcd-efghjk-mnpq', elsewhere: 'bbcd-efghjk-mnpq' } as const

/**
 * A call with one of everyone in it, another call, and a waiting room: real rooms, features, gateways and dispatch, in
 * memory and without media.
 */
export async function openAuthorizationPlace(
  policy: Partial<MeetingPolicy> = {},
  granted: {
    readonly to: Seated
    readonly capability: GrantableCapability
    readonly allowed: boolean
  } | null = null,
) {
  const log = createLogger({ level: 'silent' })
  const waitingRooms = new WaitingRooms()
  const registry = new RoomRegistry({ routers: new FakeRouters(), limits: DEFAULT_ROOM_LIMITS, log })
  registry.equip({ features: createTestFeatures(waitingRooms) })
  const door = createTestDoor(policy)
  const tokens = createResumeTokens(new Uint8Array(32).fill(1))
  const gateway = new RoomGateway({ registry, tokens, door, iceServers: testIceServers })
  const lobby = new LobbyGateway({ door, waitingRooms })
  const handlers = createRequestHandlers(gateway, REQUEST_POLICY)
  const inMeeting = createDispatch<MeetingMessages>({ requests, handlers, log })
  const inLobby = createDispatch<WaitingMessages>({
    requests: waitingRequests,
    handlers: lobby.handlers(),
    log,
  })
  const channel = { address: '203.0.113.7', send: () => undefined, close: () => undefined }
  const connect = () => new Connection<MeetingMessages>(randomUUID(), channel)
  const ids = new Map<string, ParticipantId>()
  const lines = new Map<string, Connection>()

  const ask = (line: Connection, name: string, input: unknown): Promise<Reply> =>
    new Promise((resolve) => void inMeeting(line, { name, input, requestId: randomUUID() }, resolve))

  async function join(who: string, code: string, role: RoomRole): Promise<void> {
    const line = connect()
    const input = { code, name: who, guestToken: `${role} ${who}`, rtpCapabilities: { codecs: [] } }
    const reply = await ask(line, 'room.join', input)
    if (!reply.ok) throw new Error(`${who}: ${reply.error.message}`)
    lines.set(who, line)
    ids.set(who, (reply.data as { participantId: ParticipantId }).participantId)
  }

  for (const name of SEATED) await join(name, CODES.here, roleOf(name))
  await join('second moderator', CODES.here, 'moderator')
  for (const name of ['removed', 'deactivated account']) await join(name, CODES.here, 'participant')
  await join('member of another meeting', CODES.elsewhere, 'host')
  await join('participant of another meeting', CODES.elsewhere, 'participant')
  lines.set('anonymous', connect())
  const room = roomWith(registry, CODES.here)
  const isRemoved = (name: string) => (peer: { readonly id: string }) => peer.id === ids.get(name)
  room.dismiss({ reason: 'removed' }, isRemoved('removed'))
  room.dismiss({ reason: 'signed_out' }, isRemoved('deactivated account'))

  const waiting = new Connection<WaitingMessages>(randomUUID(), channel)
  const askInLobby = (line: Connection<WaitingMessages>, name: string, input: unknown): Promise<Reply> =>
    new Promise((resolve) => void inLobby(line, { name, input, requestId: randomUUID() }, resolve))
  await askInLobby(waiting, 'waiting.knock', { code: CODES.here, name: 'waiting' })
  if (granted) {
    const { key } = room.peer(idOf(granted.to)).person
    room.call.decide(key, { grants: { [granted.capability]: granted.allowed } })
  }

  function idOf(name: string): ParticipantId {
    const id = ids.get(name)
    if (id === undefined) throw new Error(`nobody is called ${name}`)
    return id
  }

  return {
    room,
    idOf,
    waitingIds: () => waitingRooms.list(room.meeting.id).map(({ id }) => id),
    /** Sends a request as somebody: those who wait, as they are, without a line to the meeting. */
    async ask(who: PrincipalName, name: string, input: unknown): Promise<Reply> {
      const line = lines.get(who)
      return line ? ask(line, name, input) : askInLobby(waiting, name, input)
    },
    /** Sends a request of the waiting room. */
    askInLobby: (who: 'waiting' | 'anonymous', name: string, input: unknown) =>
      askInLobby(
        who === 'waiting' ? waiting : new Connection<WaitingMessages>(randomUUID(), channel),
        name,
        input,
      ),
    /** All that can be seen of the call, and who waits for it. */
    seen() {
      const viewer = room.peers.find(({ role }) => role === 'host')
      return JSON.stringify([viewer && room.snapshot(viewer), room.call.stored(), room.closed])
    },
    close: () => registry.close(),
  }
}

function roomWith(registry: RoomRegistry, code: string): Room {
  const room = registry.rooms.find(({ meeting }) => meeting.code === code)
  if (!room) throw new Error(`no room ${code}`)
  return room
}

/** Lets everyone in as what their guest token says; those who knock have to wait. */
function createTestDoor(policy: Partial<MeetingPolicy>): Door {
  const meetings = new Map(
    Object.values(CODES).map((code) => [
      code as string,
      {
        id: MeetingId.parse(randomUUID()),
        code: MeetingCode.parse(code),
        title: 'Planning',
        policy: { ...DEFAULT_POLICY, ...policy },
        call: null,
      },
    ]),
  )
  const meetingOf = (code: string) => {
    const meeting = meetings.get(code)
    if (!meeting) throw new Error('no such meeting')
    return meeting
  }
  const personOf = (token: string): Person => {
    const role = token.split(' ', 1).join() as RoomRole
    return { key: token, userId: null, sessionId: null, role, avatar: null }
  }
  return {
    async admit({ code, guestToken = '' }) {
      const person = personOf(guestToken)
      const rest = { guestToken, startMuted: false, claim: null, takesOver: false }
      const then = { confirm: async () => undefined, seated: () => undefined }
      return { meeting: meetingOf(code), person, ...rest, ...then }
    },
    async receive({ code }) {
      const doubts = { mustWait: true, isInvited: false, wasRemoved: false, passwordUnchecked: false }
      return { meeting: meetingOf(code), person: personOf('guest waiting'), guestToken: '', ...doubts }
    },
  }
}
