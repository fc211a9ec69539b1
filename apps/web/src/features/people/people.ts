import { Users } from 'lucide-react'
import { useStore } from '../../lib/use-store.ts'
import type { Panel } from '../../room/panel.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useMay } from '../../room/use-may.ts'
import { LatePeoplePanel } from './late-people-panel.tsx'
import { peopleTitle } from './title.ts'

function useWaitingCount(): number {
  const { waiting } = useStore(useRoom().features.lobby.state)
  return useMay('admit') ? waiting.length : 0
}

/** Who is here, as the room's list of panels takes it. Its badge counts those who wait, for who may let them in. */
export const peoplePanel: Panel = {
  id: 'people',
  title: peopleTitle.title,
  icon: Users,
  shortcut: 'p',
  Content: LatePeoplePanel,
  useUnread: useWaitingCount,
  unreadText: peopleTitle.waiting,
}
