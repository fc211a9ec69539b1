import type {
  FeatureContract,
  FeatureContracts,
  FeatureName,
  NotificationName,
  NotificationPayload,
  ParticipantId,
  RequestHandlers,
  SnapshotInput,
} from '@video-meet/protocol'
import type { Logger } from '../platform/logger.ts'
import type { Reserved } from './permissions.ts'

/** A person in the room, as a feature sees them. */
export interface Member {
  readonly id: ParticipantId
  readonly name: string
  /** @throws {AppError} `forbidden` when the meeting reserves it for others */
  assertMay(what: Reserved): void
}

/** All that a feature may know of its room and do in it. */
export interface RoomContext {
  /** Tells everyone in the room, except one if given. */
  broadcast<N extends NotificationName>(
    name: N,
    payload: NotificationPayload<N>,
    options?: { except: ParticipantId },
  ): void
  members(): readonly Member[]
  readonly log: Logger
}

/** A feature at work in one room: it owns its state. */
export interface RoomFeatureInstance<C extends FeatureContract> {
  readonly handlers: RequestHandlers<C, Member>
  /** The state for someone who joins or comes back. */
  snapshot(): SnapshotInput<C>
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
