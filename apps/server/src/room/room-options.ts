import type { MeetingCode, MeetingId, VideoCodec } from '@video-meet/protocol'
import type { Logger } from '../platform/logger.ts'
import type { StoredCall } from './call-state.ts'
import type { Peer } from './peer.ts'
import type { RoomPolicy } from './permissions.ts'
import type { Act, RoomFeatures } from './room-feature.ts'
import type { RouterSource } from './room-media.ts'
import type { TopologyRules } from './room-topology.ts'
import type { SeatLimits } from './seat-limits.ts'

/** What holds for every room of a server. */
export interface RoomLimits extends TopologyRules, SeatLimits {
  /** How long the seat of a lost connection is held. */
  readonly seatHeldMs: number
  /** The same when the page said that it is closing or reloading. */
  readonly reloadGraceMs: number
  /** How long a room without people keeps its state. */
  readonly emptyRoomMs: number
  /** How long a host may be away before a moderator acts as host. */
  readonly hostAwayMs: number
  /** What pictures are sent with where everyone can receive it. */
  readonly preferredCodec: VideoCodec
}

export const DEFAULT_ROOM_LIMITS: RoomLimits = {
  seatHeldMs: 120_000,
  reloadGraceMs: 8000,
  emptyRoomMs: 120_000,
  maxParticipants: 100,
  seatsPerNetwork: 60,
  seatsPerNetworkTotal: 200,
  hostAwayMs: 60_000,
  serverOnly: false,
  meshMax: 2,
  preferredCodec: 'vp8',
}

export interface RoomMeeting {
  readonly id: MeetingId
  readonly code: MeetingCode
  readonly title: string
  readonly policy: RoomPolicy
  /** What was decided before this process took over a call that was on; null for one that begins. */
  readonly call: StoredCall | null
}

/** Who keeps a record of what happens in rooms. */
export interface RoomObserver {
  opened(meetingId: MeetingId): void
  joined(meetingId: MeetingId, peer: Peer): void
  left(meetingId: MeetingId, peer: Peer): void
  /** @param isOver false when the process ends and the call may go on in the next one */
  closed(meetingId: MeetingId, isOver: boolean): void
  /** Somebody did something that goes on record. */
  acted(meeting: RoomMeeting, act: Act): void
  callChanged(meetingId: MeetingId, call: StoredCall): void
}

export interface RoomOptions {
  readonly meeting: RoomMeeting
  readonly features: RoomFeatures
  readonly routers: RouterSource
  readonly limits: RoomLimits
  /** Seats of all rooms that count against a network. */
  readonly seatsInAllRooms: (network: string) => number
  readonly observer?: RoomObserver
  readonly log: Logger
}
