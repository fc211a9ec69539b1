import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { ControlButton } from '../../meeting/control-button.tsx'
import { ModerationDialog } from './moderation-dialog.tsx'
import { moderationText } from './text.ts'

/** Opens what concerns everyone in the call. */
export function ModerationButton() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <ControlButton
        label={moderationText.title}
        icon={ShieldCheck}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(true)}
      />
      {open ? <ModerationDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}
