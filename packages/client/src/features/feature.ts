import type { FeatureName, FeatureSnapshots, TrackSource } from '@video-meet/protocol'
import type { Logger } from '../core/logger.ts'
import type { OnNotification, SendRequest } from '../signaling/signaling-client.ts'

/** What this person sends. */
export interface OwnSources {
  /** Takes effect before this returns. */
  stop(source: TrackSource): void
}

/** What a feature gets from the room. */
export interface FeatureContext {
  readonly request: SendRequest
  readonly onNotification: OnNotification
  readonly own: OwnSources
  readonly log: Logger
}

/** The client's part of a feature: owns its state, which the page reads from stores. */
export interface RoomFeature<N extends FeatureName> {
  /** Replaces the state by the server's; called on joining and after every reconnect. */
  restore(snapshot: FeatureSnapshots[N]): void
  close(): void
}
