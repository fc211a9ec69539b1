import type { FeatureName, FeatureSnapshots } from '@video-meet/protocol'
import { ChatFeature } from './chat.ts'
import type { FeatureContext, RoomFeature } from './feature.ts'
import { HandsFeature } from './hands.ts'
import { LayoutFeature } from './layout.ts'
import { LobbyFeature } from './lobby.ts'
import { ModerationFeature } from './moderation.ts'
import { StatsFeature } from './stats.ts'

type FeatureParts = { [N in FeatureName]: RoomFeature<N> }

/** THE LIST of features in the client: one line each. A feature of the protocol that is missing does not compile. */
export function createFeatures(context: FeatureContext) {
  return {
    chat: new ChatFeature(context),
    hands: new HandsFeature(context),
    layout: new LayoutFeature(context),
    lobby: new LobbyFeature(context),
    moderation: new ModerationFeature(context),
    stats: new StatsFeature(context),
  } satisfies FeatureParts
}

/** The features of a room by name. */
export type Features = ReturnType<typeof createFeatures>

/** Gives every feature its part of a snapshot. */
export function restoreFeatures(features: Features, snapshots: FeatureSnapshots): void {
  for (const name of Object.keys(features) as FeatureName[]) restoreFeature(features, snapshots, name)
}

export function closeFeatures(features: Features): void {
  for (const feature of Object.values(features)) feature.close()
}

function restoreFeature<N extends FeatureName>(
  features: FeatureParts,
  snapshots: FeatureSnapshots,
  name: N,
): void {
  features[name].restore(snapshots[name])
}
