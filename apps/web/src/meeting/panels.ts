import { chatPanel } from '../features/chat/chat.ts'
import { peoplePanel } from '../features/people/people.ts'
import type { Panel } from '../room/panel.ts'

/** THE LIST of panels beside the stage, in the order of their buttons. A feature adds one line. */
export const panels: readonly Panel[] = [chatPanel, peoplePanel]
