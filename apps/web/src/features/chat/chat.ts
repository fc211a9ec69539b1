import { MessageSquareText } from 'lucide-react'
import type { Panel } from '../../room/panel.ts'
import { LateChatPanel } from './late-chat-panel.tsx'
import { CHAT_PANEL_ID } from './panel-id.ts'
import { chatText } from './text.ts'
import { useUnread } from './use-unread.ts'

/** The chat as the room's list of panels takes it. */
export const chatPanel: Panel = {
  id: CHAT_PANEL_ID,
  title: chatText.title,
  icon: MessageSquareText,
  shortcut: 'c',
  Content: LateChatPanel,
  useUnread,
}
