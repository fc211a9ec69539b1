import type { LucideIcon } from 'lucide-react'
import type { ComponentType } from 'react'

/** What a feature brings to the side of the room. It goes into THE LIST, `meeting/panels.ts`. */
export interface Panel {
  readonly id: string
  /** Name of the panel and of its button. */
  readonly title: string
  readonly icon: LucideIcon
  /** The letter that opens and closes it. */
  readonly shortcut: string
  readonly Content: ComponentType
  /** Counts what is new in the panel since it was open; a hook, called while the room is shown. */
  readonly useUnread?: (open: boolean) => number
  /** Says that number; unread messages when left out. */
  readonly unreadText?: (count: number) => string
}
