import {
  type ErrorBody,
  type ErrorCode,
  type IceServerList,
  type JoinReply,
  type MediaSession,
  MediaSessionId,
  MeetingCode,
  MeetingId,
  type NotificationName,
  type Notifications,
  ParticipantId,
  type ParticipantInfo,
  type RequestName,
  type RoomSnapshot,
} from '@video-meet/protocol'
import { type ArrivedRequest, FakeChannel } from './fake-channel.ts'

/** Answers a request; an error code stands for a refusal. */
export type FakeAnswer = (input: unknown) => unknown

/** What a notification carries, as the server writes it. */
export type NotificationInput<N extends NotificationName> = Notifications[N]['_zod']['input']

/** A refusal that an answer of `FakeServer` throws. */
export class FakeRefusal extends Error {
  override readonly name = 'FakeRefusal'
  readonly body: ErrorBody

  constructor(code: ErrorCode) {
    super(code)
    this.body = { code, message: `Refused: ${code}.` }
  }
}

/** A server in memory that lets one client in. It answers every request with `{}` unless told otherwise. */
export class FakeServer {
  readonly channel = new FakeChannel()
  /** To the waiting room; a test answers what comes in there. */
  readonly lobby = new FakeChannel()
  /** What a join is answered with. */
  joinReply: JoinReply = buildJoinReply()
  readonly #answers = new Map<RequestName, FakeAnswer>()

  constructor() {
    this.answer('room.join', () => this.joinReply)
    this.channel.server.on('request', (request) => void this.#reply(request))
  }

  /** Sets how requests of a name are answered; a promise that never settles leaves them unanswered. */
  answer(name: RequestName, answer: FakeAnswer): void {
    this.#answers.set(name, answer)
  }

  /** Lets the client receive a notification that keeps to the contract. */
  notify<N extends NotificationName>(name: N, payload: NotificationInput<N>): void {
    this.channel.notify(name, payload)
  }

  /** The inputs of all requests of a name. */
  inputsOf(name: RequestName): readonly unknown[] {
    return this.channel.sent.filter((request) => request.name === name).map(({ input }) => input)
  }

  async #reply({ name, input, reply }: ArrivedRequest): Promise<void> {
    try {
      const answer = this.#answers.get(name as RequestName) ?? (() => ({}))
      reply({ ok: true, data: await answer(input) })
    } catch (error) {
      if (!(error instanceof FakeRefusal)) throw error
      reply({ ok: false, error: error.body })
    }
  }
}

/** A meeting code for tests. */
export const FAKE_CODE = MeetingCode.parse('abcd-efghjk-mnpq')

export function buildParticipant(patch: Partial<ParticipantInfo> = {}): ParticipantInfo {
  return {
    id: ParticipantId.parse(crypto.randomUUID()),
    name: 'Ana',
    role: 'participant',
    may: ['microphone', 'camera', 'screen', 'chat', 'hand'],
    hasAccount: false,
    avatar: null,
    joinedAt: '2026-01-01T10:00:00.000Z',
    connection: 'connected',
    tracks: [],
    ...patch,
  }
}

export function buildMediaSession(patch: Partial<MediaSession> = {}): MediaSession {
  const transport = (id: string) => ({
    id: id as MediaSession['sendTransport']['id'],
    iceParameters: { usernameFragment: 'fragment', password: 'password', iceLite: true },
    iceCandidates: [],
    dtlsParameters: {
      fingerprints: [{ algorithm: 'sha-256' as const, value: Array(32).fill('AB').join(':') }],
    },
  })
  return {
    id: MediaSessionId.parse(crypto.randomUUID()),
    sendTransport: transport('send'),
    receiveTransport: transport('receive'),
    consumers: [],
    ...patch,
  }
}

/** What features tell a joiner when nothing has happened yet. */
export function buildFeatures(patch: Partial<RoomSnapshot['features']> = {}): RoomSnapshot['features'] {
  return {
    chat: { messages: [] },
    hands: { raised: [] },
    layout: { spotlight: null, led: null },
    lobby: { waiting: [] },
    moderation: { missed: [], stopped: [] },
    stats: {},
    ...patch,
  }
}

/** The reply to a join of a person called "Me", alone in the room unless `others` are given. */
export function buildJoinReply(
  options: {
    others?: readonly ParticipantInfo[]
    self?: Partial<ParticipantInfo>
    snapshot?: Partial<RoomSnapshot>
    media?: Partial<MediaSession>
    resumeToken?: string
    iceServers?: IceServerList
  } = {},
): JoinReply {
  const self = buildParticipant({ name: 'Me', ...options.self })
  return {
    participantId: self.id,
    resumeToken: options.resumeToken ?? 'token-1',
    guestToken: null,
    startMuted: false,
    media: buildMediaSession(options.media),
    iceServers: options.iceServers ?? { servers: [], lifetimeSeconds: null },
    snapshot: {
      meeting: { id: MeetingId.parse(crypto.randomUUID()), code: FAKE_CODE, title: 'Planning' },
      participants: [...(options.others ?? []), self],
      settings: {
        locked: false,
        talk: 'everyone',
        video: 'everyone',
        share: 'everyone',
        chat: 'everyone',
        waitingRoom: 'nobody',
      },
      topology: { epoch: 0, mode: 'sfu', reason: 'setting', settled: true },
      codecs: { shared: ['vp8'], preferred: 'vp8' },
      activeSpeaker: null,
      features: buildFeatures(),
      ...options.snapshot,
    },
  }
}
