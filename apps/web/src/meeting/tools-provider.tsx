import type { Capability } from '@video-meet/protocol'
import type { ReactNode } from 'react'
import { type ModeratorTools, ToolsContext } from '../room/tools-context.tsx'
import { createLate } from '../room/use-late.ts'
import { useMe } from '../room/use-may.ts'

const POWERS: readonly Capability[] = ['admit', 'moderate', 'remove', 'grant', 'settings', 'end']

const useLateTools = createLate<ModeratorTools>(async () => (await import('./moderator-tools.tsx')).tools)

/** Hands moderators' tools to the room as soon as this person has a say in the meeting, and takes them back. */
export function ToolsProvider({ children }: { children: ReactNode }) {
  const may = useMe()?.may ?? []
  const tools = useLateTools(POWERS.some((power) => may.includes(power)))
  return <ToolsContext value={tools}>{children}</ToolsContext>
}
