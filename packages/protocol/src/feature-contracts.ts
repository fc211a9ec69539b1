import { chatContract } from './features/chat.ts'

/** THE LIST of features as the wire knows them: one line each. */
export const featureContracts = {
  chat: chatContract,
} as const

export type FeatureName = keyof typeof featureContracts
export type FeatureContracts = typeof featureContracts
