import * as z from 'zod/mini'
import { CallSettings } from './call-settings.ts'
import { Capability } from './capability.ts'
import { defineContract } from './contract.ts'
import { credentials } from './credentials.ts'
import { type FeatureContracts, featureContracts } from './feature-contracts.ts'
import { IceServerList } from './ice-servers.ts'
import { MediaSessionId, MeetingId, ParticipantId } from './ids.ts'
import { MeetingCode } from './meeting-code.ts'
import { RoomRole } from './role.ts'
import { RtpCapabilities } from './rtp.ts'
import { MediaSession } from './sfu.ts'
import { named, text } from './shapes.ts'
import { DisplayName } from './text.ts'
import { ClientTraits, TopologyState } from './topology.ts'
import { TrackState } from './track.ts'
import { CodecState } from './video-codec.ts'

/** A person in a room as everyone sees them. */
export const ParticipantInfo = named(
  'ParticipantInfo',
  z.object({
    id: ParticipantId,
    name: z.string(),
    /** A moderator who acts as host is shown as `host`. */
    role: RoomRole,
    /** What they may do at this moment. */
    may: z.array(Capability),
    hasAccount: z.boolean(),
    /** Path of their picture on the server. */
    avatar: z.nullable(z.string()),
    joinedAt: z.iso.datetime(),
    /** `reconnecting`: the connection is lost and the seat is held. */
    connection: z.enum(['connected', 'reconnecting']),
    tracks: z.array(TrackState),
  }),
)
export type ParticipantInfo = z.infer<typeof ParticipantInfo>

type FeatureSnapshotShape = { [F in keyof FeatureContracts]: FeatureContracts[F]['snapshot'] }

const featureSnapshots = z.object(
  Object.fromEntries(
    Object.entries(featureContracts).map(([name, contract]) => [name, contract.snapshot]),
  ) as FeatureSnapshotShape,
)
export type FeatureSnapshots = z.infer<typeof featureSnapshots>

/** All that a client needs to show the room. A join and a reconnect are answered with the same thing. */
export const RoomSnapshot = named(
  'RoomSnapshot',
  z.object({
    meeting: z.object({ id: MeetingId, code: MeetingCode, title: z.string() }),
    /** Everyone in the room, the receiver too, in order of joining. */
    participants: z.array(ParticipantInfo),
    settings: CallSettings,
    topology: TopologyState,
    codecs: CodecState,
    activeSpeaker: z.nullable(ParticipantId),
    features: featureSnapshots,
  }),
)
export type RoomSnapshot = z.infer<typeof RoomSnapshot>

export const JoinInput = z.strictObject({
  code: MeetingCode,
  name: DisplayName,
  rtpCapabilities: RtpCapabilities,
  /** A client that says nothing is taken for one that only knows the server. */
  client: z.optional(ClientTraits),
  ...credentials,
  /** From the waiting room: good for one join within a minute. */
  ticket: z.optional(text(200)),
  /** From the last join's reply: takes the same seat again, after a lost connection or a reload. */
  resumeToken: z.optional(text(1024)),
  /** The media session that the client still holds; kept if the server still has it too. */
  mediaSessionId: z.optional(MediaSessionId),
})
export type JoinInput = z.input<typeof JoinInput>

export const JoinReply = z.object({
  participantId: ParticipantId,
  /** Good for one resume, for a day at most; every join gives a new one. */
  resumeToken: z.string(),
  /** For the next join of the same guest; null for who is signed in. */
  guestToken: z.nullable(z.string()),
  /** Whether the meeting wants people to come in muted. */
  startMuted: z.boolean(),
  snapshot: RoomSnapshot,
  media: MediaSession,
  iceServers: IceServerList,
})
export type JoinReply = z.infer<typeof JoinReply>

/** Why a person is no longer in the room. */
export const LeaveReason = z.enum(['left', 'connection_lost', 'removed', 'waiting_room'])
export type LeaveReason = z.infer<typeof LeaveReason>

/**
 * Why the server ends a client's stay: its seat was taken over by another tab, the meeting was ended for everyone, the
 * account was signed out, or a moderator removed the person, banned them or sent them to the waiting room.
 */
export const EndReason = z.enum([
  'replaced',
  'meeting_ended',
  'signed_out',
  'removed',
  'banned',
  'waiting_room',
])
export type EndReason = z.infer<typeof EndReason>

const Level = z.object({
  participantId: ParticipantId,
  /** Loudness in dBov: −127 (silence) to 0. */
  level: z.number(),
})

export const roomContract = defineContract({
  requests: {
    'room.join': { input: JoinInput, output: JoinReply, limit: { burst: 6, perMinute: 12 } },
    'room.leave': {
      /** `mayReturn`: the page is closing or reloading; the seat is held for a moment. */
      input: z.strictObject({ mayReturn: z.boolean() }),
      output: z.object({}),
      limit: { burst: 3, perMinute: 10 },
    },
    /** Does nothing: whoever gets an answer knows that the line is alive. */
    'room.check': { input: z.strictObject({}), output: z.object({}), limit: { burst: 10, perMinute: 60 } },
  },
  notifications: {
    'room.participantJoined': ParticipantInfo,
    /** What is not said is as before. */
    'room.participantChanged': z.object({
      id: ParticipantId,
      connection: z.optional(ParticipantInfo.shape.connection),
      name: z.optional(ParticipantInfo.shape.name),
      role: z.optional(RoomRole),
      may: z.optional(ParticipantInfo.shape.may),
    }),
    'room.settingsChanged': CallSettings,
    'room.participantLeft': z.object({ id: ParticipantId, reason: LeaveReason }),
    /** Who speaks now and how loud; sent several times a second while anyone speaks, and may be dropped. */
    'room.speakersChanged': z.object({ activeSpeaker: z.nullable(ParticipantId), levels: z.array(Level) }),
    /** This client's stay is over; the connection is closed after it. */
    'room.ended': z.object({
      reason: EndReason,
      /** Name of the person who did it. */
      by: z.optional(z.string()),
      /** Why, in their words. */
      note: z.optional(z.string()),
    }),
  },
})
