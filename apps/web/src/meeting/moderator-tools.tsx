import { LeadSwitch } from '../features/layout/lead-switch.tsx'
import { useLeadOn } from '../features/layout/use-leading.ts'
import { ModerationControl } from '../features/moderation/moderation-control.tsx'
import { InvitedGroup } from '../features/people/invited-group.tsx'
import { PersonMenu } from '../features/people/person-menu.tsx'
import { KnockSwitch } from '../features/waiting-list/knock-switch.tsx'
import { KnockToast } from '../features/waiting-list/knock-toast.tsx'
import { WaitingGroup } from '../features/waiting-list/waiting-group.tsx'
import type { ModeratorTools } from '../room/tools-context.tsx'

/** Loaded for those alone who have a say in the meeting. */
export const tools: ModeratorTools = { RoomTools, ModerationButton, PersonMenu, WaitingGroup, InvitedGroup }

function RoomTools() {
  useLeadOn()
  return <KnockToast />
}

function ModerationButton() {
  return <ModerationControl LeadSwitch={LeadSwitch} KnockSwitch={KnockSwitch} />
}
