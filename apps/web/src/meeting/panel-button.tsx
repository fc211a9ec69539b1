import { ControlButton } from '../room/control-button.tsx'
import type { Panel } from '../room/panel.ts'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { panelToggled } from '../store/ui-slice.ts'
import { controlText } from './text.ts'

const NOTHING_NEW = () => 0

/** Id of the button that opens a panel, for giving the focus back to it. */
export function panelButtonId(panelId: string): string {
  return `panel-button-${panelId}`
}

/** Opens and closes a panel, and counts what is new in it. */
export function PanelButton({ panel, shortcut }: { panel: Panel; shortcut: string | undefined }) {
  const dispatch = useAppDispatch()
  const open = useAppSelector((state) => state.ui.openPanel === panel.id)
  // The list of panels never changes, so the same hook is called each time.
  const useUnread = panel.useUnread ?? NOTHING_NEW
  const unread = useUnread(open)
  return (
    <ControlButton
      id={panelButtonId(panel.id)}
      label={panel.title}
      icon={panel.icon}
      shortcut={shortcut}
      look={open ? 'on' : 'plain'}
      badge={unread}
      description={unread > 0 ? (panel.unreadText ?? controlText.unread)(unread) : undefined}
      aria-pressed={open}
      onClick={() => dispatch(panelToggled(panel.id))}
    />
  )
}
