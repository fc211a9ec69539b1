import { type ReactNode, useState } from 'react'
import { failureText, toFailure } from '../lib/failure-text.ts'
import { text } from '../lib/text.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Spinner } from './spinner.tsx'

interface ConfirmDialogProps {
  title: string
  /** What will happen, and what cannot be undone. */
  children: ReactNode
  /** Says what the button does: "Delete account", not "OK". */
  action: string
  /** The dialog closes when it is done, and says what is wrong when it fails. */
  onConfirm: () => Promise<unknown>
  onClose: () => void
}

/** Asks before something that cannot be undone. */
export function ConfirmDialog({ title, children, action, onConfirm, onClose }: ConfirmDialogProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function confirm(): Promise<void> {
    setBusy(true)
    setError(null)
    try {
      await onConfirm()
      onClose()
    } catch (thrown) {
      setError(failureText(toFailure(thrown)))
      setBusy(false)
    }
  }

  return (
    <Dialog title={title} onClose={onClose}>
      <div className="text-[0.9375rem] leading-relaxed text-soft">{children}</div>
      <p role="alert" className="mt-3 text-sm text-danger-text empty:hidden">
        {error}
      </p>
      <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:flex-col-reverse">
        <Button look="secondary" onClick={onClose} autoFocus>
          {text.cancel}
        </Button>
        <Button look="danger" aria-disabled={busy} onClick={() => (busy ? undefined : void confirm())}>
          {busy ? <Spinner /> : null}
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
