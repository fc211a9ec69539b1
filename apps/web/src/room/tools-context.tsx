import { type ComponentType, createContext, use } from 'react'
import type { PersonView } from '../store/meeting-slice.ts'

/** The parts of the room that only those see who have a say in the meeting. */
export interface ModeratorTools {
  /** Stands once in the room: what comes in, and what goes on without being seen. */
  readonly RoomTools: ComponentType
  /** Of the control bar. */
  readonly ModerationButton: ComponentType
  /** What can be done to somebody. */
  readonly PersonMenu: ComponentType<{ person: PersonView }>
  /** Groups of the people panel. */
  readonly WaitingGroup: ComponentType<{ search: string }>
  readonly InvitedGroup: ComponentType<{ search: string }>
}

export const ToolsContext = createContext<ModeratorTools | null>(null)

/** What those work with who have a say in the meeting; null for everyone else, and until it is there. */
export function useTools(): ModeratorTools | null {
  return use(ToolsContext)
}
