import { Users } from 'lucide-react'
import { useStore } from '../../lib/use-store.ts'
import type { Panel } from '../../room/panel.ts'
import { useRoom } from '../../room/room-context.tsx'
import { LatePeoplePanel } from './late-people-panel.tsx'
import { peopleTitle } from './title.ts'

/** Who is here, as the room's list of panels takes it. Its badge counts those who wait, for who may let them in. */
export const peoplePanel: Panel = {
  id: 'people',
  title: peopleTitle.title,
  icon: Users,
  shortcut: 'p',
  Content: LatePeoplePanel,
  useUnread: () => useStore(useRoom().features.lobby.state).waiting.length,
  unreadText: peopleTitle.waiting,
}
