import {
  type Capability,
  type FeatureContract,
  type FeatureContracts,
  featureContracts,
  type FeatureName,
  type FeatureSnapshots,
  type NotificationName,
  type NotificationPayload,
  type ParticipantId,
  type RequestHandlers,
  type RoomRole,
  type SnapshotInput,
  type TopologyState,
  type TrackSource,
  type TrackState,
} from '@video-meet/protocol'
import type { Logger } from '../platform/logger.ts'
import type { Person } from './admission.ts'
import type { CallState } from './call-state.ts'
import type { RoomMeeting } from './room-options.ts'
import type { Dismissal } from './room.ts'

/** A person in the room, as a feature sees them. */
export interface Member {
  readonly id: ParticipantId
  readonly name: string
  readonly role: RoomRole
  /** What they are apart from acting as host. */
  readonly ownRole: RoomRole
  readonly person: Person
  /** Network of their last connection. */
  readonly address: string
  readonly tracks: ReadonlyMap<TrackSource, TrackState>
  /** What was stopped by others and not started again by them since. */
  readonly stopped: ReadonlySet<TrackSource>
  /** Null while the connection is lost. */
  readonly connection: object | null
  may(capability: Capability): boolean
  /** @throws {AppError} `forbidden` */
  assertMay(capability: Capability): void
  /** Tells them alone; lost while they have no connection. */
  notify<N extends NotificationName>(name: N, payload: NotificationPayload<N>): void
}

/** Something that goes on record. */
export interface Act {
  /** Such as `call.muted`. */
  readonly action: string
  readonly actor: Pick<Member, 'name' | 'person' | 'address'>
  readonly subject?: { readonly id: string; readonly name: string }
  readonly details?: Record<string, unknown>
}

/** What happens in a room that features may want to hear of. */
export type MemberEvents = {
  joined: [member: Member]
  left: [member: Member]
  /** What somebody is called, is or may do has changed, or they are back. */
  changed: [member: Member]
  /** Somebody's connection is lost, not by their own doing; their seat is held. */
  lineLost: [member: Member]
  /** Somebody whose connection was gone is back, be it from a reload. */
  lineBack: [member: Member]
  /** How media flows, or why. */
  topologyChanged: [state: TopologyState]
  /** The media server of the room is gone; another one takes its place. */
  mediaReplaced: []
}

/** All that a feature may know of its room and do in it. Who may ask for it was decided before, by the policy table. */
export interface RoomContext {
  readonly meeting: RoomMeeting
  /** What moderators decided in this call. */
  readonly call: CallState
  /** How media flows at this moment. */
  topology(): TopologyState
  /** Tells everyone in the room, except one, or those whom `to` names. */
  broadcast<N extends NotificationName>(
    name: N,
    payload: NotificationPayload<N>,
    options?: { readonly except?: ParticipantId; readonly to?: (member: Member) => boolean },
  ): void
  members(): readonly Member[]
  /** @throws {AppError} `not_found` */
  member(id: ParticipantId): Member
  /** Stops what somebody sends from `source`, whatever their client does. */
  stop(id: ParticipantId, source: TrackSource): Promise<void>
  /** Ends somebody's stay. */
  dismiss(id: ParticipantId, how: Dismissal): void
  /** @returns stops listening */
  on<N extends keyof MemberEvents>(name: N, listener: (...values: MemberEvents[N]) => void): () => void
  record(act: Act): void
  readonly log: Logger
}

/** A feature at work in one room: it owns its state. */
export interface RoomFeatureInstance<C extends FeatureContract> {
  readonly handlers: RequestHandlers<C, Member>
  /** The state for someone who joins or comes back. */
  snapshot(viewer: Member): SnapshotInput<C>
  close(): void
}

export interface RoomFeature<C extends FeatureContract> {
  readonly contract: C
  create(room: RoomContext): RoomFeatureInstance<C>
}

/** The plug: declares the server's side of a feature; only checks and infers. */
export function defineRoomFeature<C extends FeatureContract>(feature: RoomFeature<C>): RoomFeature<C> {
  return feature
}

/** The server's side of every feature that has a contract. */
export type RoomFeatures = { readonly [F in FeatureName]: RoomFeature<FeatureContracts[F]> }
export type RoomFeatureInstances = { readonly [F in FeatureName]: RoomFeatureInstance<FeatureContracts[F]> }

/** Puts every feature to work in a room. */
export function openFeatures(features: RoomFeatures, room: RoomContext): RoomFeatureInstances {
  return mapFeatures((name) => features[name].create(room)) as RoomFeatureInstances
}

/** What somebody is told of every feature when they come in. */
export function featureSnapshots(instances: RoomFeatureInstances, viewer: Member): FeatureSnapshots {
  return mapFeatures((name) => instances[name].snapshot(viewer)) as FeatureSnapshots
}

function mapFeatures(act: (name: FeatureName) => unknown): Record<string, unknown> {
  const names = Object.keys(featureContracts) as FeatureName[]
  return Object.fromEntries(names.map((name) => [name, act(name)]))
}
