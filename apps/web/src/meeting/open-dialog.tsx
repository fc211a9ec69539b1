import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { dialogClosed } from '../store/ui-slice.ts'
import { ConnectionDialog } from './connection/connection-dialog.tsx'
import { ConnectionWatch } from './connection/connection-watch.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

/** The dialog that is open, and what watches the call whether one is open or not. */
export function OpenDialog() {
  return (
    <>
      <ConnectionWatch />
      <Dialog />
    </>
  )
}

function Dialog() {
  const dispatch = useAppDispatch()
  const open = useAppSelector((state) => state.ui.openDialog)
  const close = () => dispatch(dialogClosed())
  if (open === 'connection') return <ConnectionDialog onClose={close} />
  if (open === 'settings') return <SettingsDialog onClose={close} />
  return open === 'shortcuts' ? <ShortcutsDialog onClose={close} /> : null
}
