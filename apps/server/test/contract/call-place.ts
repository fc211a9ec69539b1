import { randomBytes, randomUUID } from 'node:crypto'
import type { JoinCredentials, JoinOptions, ParticipantView, Room, WaitingRoom } from '@video-meet/client'
import { createFakeSession, type FakeServer } from '@video-meet/client/testing'
import {
  type ClientTraits,
  InvitationId,
  type InvitedRole,
  type MeetingPolicy,
  type ModerationNote,
  type ParticipantId,
  requests,
  type RoomRole,
  type TrackSource,
  waitingRequests,
} from '@video-meet/protocol'
import { expect, onTestFinished } from 'vitest'
import { createDoor } from '../../src/features/meetings/admission.ts'
import { Calls } from '../../src/features/meetings/calls.ts'
import { createGuestTokens } from '../../src/features/meetings/guest-tokens.ts'
import { createHostTokens } from '../../src/features/meetings/host-tokens.ts'
import type { StoredMeeting } from '../../src/features/meetings/meeting.ts'
import type { StoredBan } from '../../src/features/moderation/bans-store.ts'
import { createBans } from '../../src/features/moderation/bans.ts'
import { createRoomFeatures } from '../../src/features/registry.ts'
import { createLogger } from '../../src/platform/logger.ts'
import type { Person as PersonAtDoor } from '../../src/room/admission.ts'
import { otherHolders } from '../../src/room/invitation-seat.ts'
import { LobbyGateway } from '../../src/room/lobby-gateway.ts'
import { REQUEST_POLICY } from '../../src/room/permissions.ts'
import { createRequestHandlers } from '../../src/room/request-handlers.ts'
import { createResumeTokens } from '../../src/room/resume-token.ts'
import type { Act } from '../../src/room/room-feature.ts'
import { RoomGateway } from '../../src/room/room-gateway.ts'
import { DEFAULT_ROOM_LIMITS, type RoomLimits, type RoomObserver } from '../../src/room/room-options.ts'
import { RoomRegistry } from '../../src/room/room-registry.ts'
import { WaitingRooms } from '../../src/room/waiting-rooms.ts'
import type { MeetingMessages, WaitingMessages } from '../../src/signaling/connection.ts'
import { createDispatch } from '../../src/signaling/dispatch.ts'
import { FakeRouters } from '../lib/fake-router.ts'
import { createStoredMeeting } from '../lib/stored-meeting.ts'
import { testIceServers } from '../lib/test-ice-servers.ts'
import { connect, type Person } from './meeting-place.ts'

const PARAMETERS = {
  codecs: [{ mimeType: 'audio/opus', payloadType: 100, clockRate: 48_000, channels: 2 }],
  encodings: [{ ssrc: 1 }],
}

/** What a browser keeps of a meeting: the seat of the tab, and who the guest is. */
export function createBrowser(): NonNullable<JoinOptions['parts']> {
  const kept = new Map<string, string>()
  return {
    tokens: {
      get: (code) => kept.get(code),
      set: (code, token) => void kept.set(code, token),
      remove: (code) => void kept.delete(code),
    },
    guestToken: { get: () => kept.get('guest'), set: (token) => void kept.set('guest', token) },
  }
}

/** How somebody comes. */
export interface Arrival extends Pick<JoinOptions, 'microphone' | 'camera' | 'signal'> {
  /** A guest when left out; a participant has an account, the other roles but the host are invited. */
  readonly role?: RoomRole
  /** In place of those that make them what `role` says. */
  readonly credentials?: JoinCredentials
  readonly browser?: JoinOptions['parts']
  /** Whether they wait if they have to; yes when left out. */
  readonly waits?: boolean
  /** Their network. */
  readonly address?: string
  /** What their client can; links are not among it when left out. */
  readonly client?: ClientTraits
}

/** Somebody on the way in who may have to wait for it. */
export interface Arriving extends Omit<Person, 'room'> {
  readonly joined: Promise<Room>
  /** Settles when they have to wait. */
  readonly waiting: Promise<WaitingRoom>
}

/** The whole way into the call of one meeting: the real door, waiting room, rooms and features, without media. */
export async function openCallPlace({
  policy = {},
  limits = {},
}: { policy?: Partial<MeetingPolicy>; limits?: Partial<RoomLimits> } = {}) {
  const log = createLogger({ level: 'silent' })
  const routers = new FakeRouters()
  const registry = new RoomRegistry({
    routers,
    limits: { ...DEFAULT_ROOM_LIMITS, ...limits },
    log,
  })
  onTestFinished(() => registry.close())
  let meeting = createStoredMeeting(policy)
  const acts: Act[] = []
  const waitingRooms = new WaitingRooms()
  const bans = createBans(bansInMemory())
  const tokens = createResumeTokens(randomBytes(32))
  const hosts = createHostTokens(randomBytes(32))
  const hostToken = await hosts.issue(meeting.id)
  const end = (by: string) => {
    meeting = { ...meeting, state: 'closed' }
    registry.end(meeting.id, { by })
    waitingRooms.end(meeting.id)
  }
  registry.equip({
    features: createRoomFeatures({
      waitingRooms,
      bans,
      qualities: { add: () => undefined, left: () => undefined },
      qualityEvents: { add: () => undefined, callEnded: () => undefined },
      endMeeting: async (_, { name }) => end(name),
    }),
    observer: observerOf((act) => acts.push(act)),
  })
  const door = createDoor({
    ...portsOf({ meeting: () => meeting, registry }),
    hosts,
    readResumeToken: (id, token) => tokens.read(id, token),
    tickets: waitingRooms,
    hasPlace: (id, key) => waitingRooms.hasPlace(id, key),
    isBanned: (id, who) => bans.keepsOut(id, who),
  })
  const gateway = new RoomGateway({ registry, tokens, door, iceServers: testIceServers })
  const inCall = createDispatch<MeetingMessages>({
    requests,
    handlers: createRequestHandlers(gateway, REQUEST_POLICY),
    log,
  })
  const inLobby = createDispatch<WaitingMessages>({
    requests: waitingRequests,
    handlers: new LobbyGateway({ door, waitingRooms }).handlers(),
    log,
  })

  /** Connects somebody's lines to the call and to its waiting room. */
  function wire({ channel, lobby }: FakeServer, address = ''): void {
    connect(channel, inCall, () => address)
    connect(lobby, inLobby, () => address)
  }

  /** Somebody sets out; whoever has to wait waits. */
  function approach(
    name: string,
    { role, credentials, browser, address = '', waits = true, client, ...media }: Arrival = {},
  ): Arriving {
    const fake = createFakeSession()
    if (client) fake.engine.client = client
    wire(fake.server, address)
    const waiting = Promise.withResolvers<WaitingRoom>()
    const joined = fake.join({
      name,
      ...media,
      parts: browser ?? createBrowser(),
      credentials: credentials ?? credentialsOf(role, { name, hostToken }),
      ...(waits && { onWaiting: waiting.resolve }),
    })
    joined.then(
      (room) => onTestFinished(() => room.leave()),
      () => undefined,
    )
    return { ...fake, joined, waiting: waiting.promise }
  }

  return {
    registry,
    routers,
    waitingRooms,
    acts,
    wire,
    approach,
    /** Somebody comes in who need not wait. */
    async arrive(name: string, arrival?: Arrival): Promise<Person> {
      const { joined, waiting: _, ...fake } = approach(name, arrival)
      return { ...fake, room: await joined }
    },
    /** The owner changes the meeting itself. */
    setPolicy(change: Partial<MeetingPolicy>) {
      meeting = { ...meeting, policy: { ...meeting.policy, ...change } }
      registry.find(meeting.id)?.call.policyChanged(meeting.policy)
    },
    /** The server's seat of somebody. */
    seatOf({ room }: Pick<Person, 'room'>) {
      const [open] = registry.rooms
      if (!open) throw new Error('nobody is in the call')
      return open.peer(room.localParticipant.id)
    },
  }
}

export type CallPlace = Awaited<ReturnType<typeof openCallPlace>>

/** What of somebody reaches the server's media part, by source; the value says whether it is held back there. */
export function sentBy(place: CallPlace, person: Person): Record<string, boolean> {
  const media = place.seatOf(person).media as unknown as { published: Map<TrackSource, boolean> } | null
  return Object.fromEntries(media?.published ?? [])
}

/** Begins to send, as the media part of the SDK does. */
export async function publish({ session }: Person, ...sources: TrackSource[]): Promise<void> {
  for (const source of sources)
    await session.signaling.request('sfu.produce', { source, muted: false, rtpParameters: PARAMETERS })
}

/** What was done to somebody, as they are told of it from now on. */
export function notesOf({ room }: Pick<Person, 'room'>): ModerationNote[] {
  const notes: ModerationNote[] = []
  room.features.moderation.events.on('noted', (note) => notes.push(note))
  return notes
}

export function idOf({ room }: Pick<Person, 'room'>): ParticipantId {
  return room.localParticipant.id
}

/** Somebody as another sees them; undefined when they do not. */
export function seen(by: Pick<Person, 'room'>, whom: Pick<Person, 'room'>): ParticipantView | undefined {
  const participants = by.room.participants.get()
  return participants.find(({ id }) => id === idOf(whom))?.state.get()
}

/** What somebody sends, as another sees it: whether it is muted, by source. */
export function tracksSeen(by: Person, whom: Person): Record<string, boolean> {
  const tracks = seen(by, whom)?.tracks ?? []
  return Object.fromEntries(tracks.map(({ source, state }) => [source, state.get().muted]))
}

/** The error that a refused request, or join, rejects with. */
export function refused(code: string) {
  return expect.objectContaining({ code }) as unknown
}

function credentialsOf(
  role: RoomRole | undefined,
  { name, hostToken }: { readonly name: string; readonly hostToken: string },
): JoinCredentials {
  if (role === undefined || role === 'guest') return {}
  if (role === 'host') return { hostToken }
  return role === 'participant'
    ? { accessToken: () => Promise.resolve(`of ${name}`) }
    : { invitationToken: `as ${role}` }
}

/** The door's ports to what other tests are about. Access tokens are `of <name>`, invitation tokens `as <role>[ of <id>]`. */
function portsOf({ meeting, registry }: { meeting: () => StoredMeeting; registry: RoomRegistry }) {
  const nothingStored = { find: async () => null, save: async () => undefined, remove: async () => undefined }
  return {
    store: {
      findByCode: async (code: string) => (code === meeting().code ? meeting() : undefined),
    },
    guests: createGuestTokens(randomBytes(32)),
    calls: new Calls({ store: nothingStored, live: (id) => registry.find(id)?.call }),
    authenticate: async (token: string) => ({
      userId: token as never,
      sessionId: token,
      avatar: null,
    }),
    invitationOf: async (_: unknown, { invitationToken }: { invitationToken: string | undefined }) => {
      const [, role, of] = /^as (\w+)(?: of (.+))?$/.exec(invitationToken ?? '') ?? []
      if (role === undefined) return null
      return { id: InvitationId.parse(of ?? randomUUID()), role: role as InvitedRole, userId: null }
    },
    provesInvitation: async (id: string, proof: string) => proof === `proof of ${id}`,
    isInvitationHeld: (id: StoredMeeting['id'], person: PersonAtDoor) =>
      otherHolders(registry.find(id)?.peers ?? [], person).length > 0,
    isSeated: (id: StoredMeeting['id'], key: string) =>
      registry.find(id)?.peers.some(({ person }) => person.key === key) ?? false,
    verifyPassword: async () => true,
  }
}

function observerOf(acted: (act: Act) => void): RoomObserver {
  const nothing = () => undefined
  return {
    opened: nothing,
    joined: nothing,
    left: nothing,
    closed: nothing,
    callChanged: nothing,
    acted: (_, act) => acted(act),
  }
}

function bansInMemory() {
  let bans: StoredBan[] = []
  return {
    add: async (ban: StoredBan) => void bans.unshift(ban),
    list: async () => [...bans],
    remove: async (_: unknown, id: StoredBan['id']) => {
      bans = bans.filter((ban) => ban.id !== id)
    },
    holds: async (_: unknown, { key, address }: { key: string; address: string }) =>
      bans.some((ban) => ban.personKey === key || ban.address === address),
  }
}
