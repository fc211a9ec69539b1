import type { Capability } from '@video-meet/protocol'
import { createLate } from '../../room/use-late.ts'
import { useMe } from '../../room/use-may.ts'
import type { ModeratorTools } from './tools.ts'

const POWERS: readonly Capability[] = ['admit', 'moderate', 'remove', 'grant', 'settings', 'end']

const useLateTools = createLate<ModeratorTools>(async () => (await import('./tools.ts')).tools)

/** What those work with who have a say in the meeting: loaded as soon as this person has, and null before and else. */
export function useTools(): ModeratorTools | null {
  const may = useMe()?.may ?? []
  return useLateTools(POWERS.some((power) => may.includes(power)))
}
