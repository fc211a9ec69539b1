import { chatContract } from './features/chat.ts'
import { handsContract } from './features/hands.ts'
import { layoutContract } from './features/layout.ts'
import { lobbyContract } from './features/lobby.ts'
import { moderationContract } from './features/moderation.ts'
import { statsContract } from './features/stats.ts'

/** THE LIST of features as the wire knows them: one line each. */
export const featureContracts = {
  chat: chatContract,
  hands: handsContract,
  layout: layoutContract,
  lobby: lobbyContract,
  moderation: moderationContract,
  stats: statsContract,
} as const

export type FeatureName = keyof typeof featureContracts
export type FeatureContracts = typeof featureContracts
