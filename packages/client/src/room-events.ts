import type { EndReason, LeaveReason, TopologyState, TrackSource } from '@video-meet/protocol'
import type { JoinErrorReason } from './errors.ts'
import type { Participant } from './participant.ts'
import type { Track } from './track.ts'

/**
 * Why a stay in a room is over: this side left, another tab took the seat (`replaced`), or the server will not have the
 * client back.
 */
export type RoomEndReason = 'left' | EndReason | JoinErrorReason

/** Where the stay in a room stands. */
export type RoomState =
  | { readonly status: 'connected' }
  /** The connection is lost and is being restored; `since` is a time of `Date.now()`. */
  | { readonly status: 'reconnecting'; readonly since: number }
  | {
      readonly status: 'ended'
      readonly reason: RoomEndReason
      /** Name of the person who did it. */
      readonly by?: string | undefined
      /** Why, in their words. */
      readonly note?: string | undefined
    }

/** What happens in a room. Everything is told after stores and lists show it. */
export type RoomEvents = {
  /** Somebody else came in. */
  participantJoined: [participant: Participant]
  /** Somebody else is gone. */
  participantLeft: [participant: Participant, reason: LeaveReason]
  /** A track, local or remote, was published. Its media may arrive later. */
  trackPublished: [track: Track]
  trackUnpublished: [track: Track]
  trackMuteChanged: [track: Track]
  /** A local track could not be published; it has been unpublished and its device released. */
  trackPublishFailed: [source: TrackSource, error: unknown]
  /** Media goes another way: between browsers, from each to each, or through the server. `now` says why. */
  topologyChanged: [now: TopologyState, before: TopologyState]
  /** The connection is lost. */
  reconnecting: []
  /** The connection is back and the room is up to date again. */
  reconnected: []
  /** The browser plays no sound until `startAudio()` is called from a click or key press. */
  audioPlaybackBlocked: []
  /** The stay is over; nothing is told after it. */
  ended: [reason: RoomEndReason]
}
