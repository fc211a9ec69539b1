import { Users } from 'lucide-react'
import { useStore } from '../../lib/use-store.ts'
import type { Panel } from '../../room/panel.ts'
import { useRoom } from '../../room/room-context.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { peopleText } from './text.ts'

/** Who is here, as the room's list of panels takes it. Its badge counts those who wait, for who may let them in. */
export const peoplePanel: Panel = {
  id: 'people',
  title: peopleText.title,
  icon: Users,
  shortcut: 'p',
  Content: PeoplePanel,
  useUnread: () => useStore(useRoom().features.lobby.state).waiting.length,
  unreadText: peopleText.waiting,
}
