import { Users } from 'lucide-react'
import type { Panel } from '../../room/panel.ts'
import { PeoplePanel } from './people-panel.tsx'
import { peopleText } from './text.ts'

/** Who is here, as the room's list of panels takes it. */
export const peoplePanel: Panel = {
  id: 'people',
  title: peopleText.title,
  icon: Users,
  shortcut: 'p',
  Content: PeoplePanel,
}
