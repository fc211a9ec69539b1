import { useAppDispatch, useAppSelector } from '../store/hooks.ts'
import { dialogClosed } from '../store/ui-slice.ts'
import { Boundary } from '../ui/boundary.tsx'
import { ConnectionDialog } from './connection/connection-dialog.tsx'
import { ConnectionWatch } from './connection/connection-watch.tsx'
import { SettingsDialog } from './settings-dialog.tsx'
import { ShortcutsDialog } from './shortcuts-dialog.tsx'

/** The dialog that is open, and what watches the call whether one is open or not. */
export function OpenDialog() {
  return (
    <>
      <Boundary>
        <ConnectionWatch />
      </Boundary>
      <Dialog />
    </>
  )
}

function Dialog() {
  const dispatch = useAppDispatch()
  const open = useAppSelector((state) => state.ui.openDialog)
  const close = () => dispatch(dialogClosed())
  return (
    // One that fails closes, so that it can be opened again.
    <Boundary key={open} onFailed={close}>
      {open === 'connection' ? <ConnectionDialog onClose={close} /> : null}
      {open === 'settings' ? <SettingsDialog onClose={close} /> : null}
      {open === 'shortcuts' ? <ShortcutsDialog onClose={close} /> : null}
    </Boundary>
  )
}
