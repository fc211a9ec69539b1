import type { ComponentType } from 'react'
import type { PersonView } from '../../store/meeting-slice.ts'
import { InvitedGroup } from '../people/invited-group.tsx'
import { PersonMenu } from '../people/person-menu.tsx'
import { WaitingGroup } from '../waiting-list/waiting-group.tsx'
import { ModerationButton } from './moderation-button.tsx'
import { RoomTools } from './room-tools.tsx'

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

export const tools: ModeratorTools = { RoomTools, ModerationButton, PersonMenu, WaitingGroup, InvitedGroup }
