import { useEffect } from 'react'
import { useCallActions } from '../room/room-context.tsx'
import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { dialogOpened, panelToggled } from '../store/ui-slice.ts'
import { panels } from './panels.ts'
import { isShortcutPress, SHORTCUT } from './shortcut-keys.ts'

/** Single keys for what is done most often. */
export function useShortcuts(): void {
  const actions = useCallActions()
  const dispatch = useAppDispatch()
  const on = useAppSelector((state) => state.ui.habits.shortcuts)

  useEffect(() => {
    if (!on) return
    const run: Record<string, () => void> = {
      [SHORTCUT.microphone]: actions.toggleMicrophone,
      [SHORTCUT.camera]: actions.toggleCamera,
      [SHORTCUT.share]: actions.toggleScreenShare,
      [SHORTCUT.hand]: actions.toggleHand,
      [SHORTCUT.help]: () => dispatch(dialogOpened('shortcuts')),
    }
    for (const panel of panels) run[panel.shortcut] = () => dispatch(panelToggled(panel.id))

    const onKeyDown = (event: KeyboardEvent): void => {
      const action = isShortcutPress(event) ? run[event.key.toLowerCase()] : undefined
      if (action === undefined) return
      // The key must not also end up in the field that the action may focus.
      event.preventDefault()
      action()
    }
    addEventListener('keydown', onKeyDown)
    return () => removeEventListener('keydown', onKeyDown)
  }, [actions, dispatch, on])
}
