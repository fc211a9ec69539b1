import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { ControlButton } from '../../room/control-button.tsx'
import { ModerationDialog, type ModerationParts } from './moderation-dialog.tsx'
import { moderationText } from './text.ts'

/** Opens what concerns everyone in the call. */
export function ModerationControl(parts: ModerationParts) {
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
      {open ? <ModerationDialog {...parts} onClose={() => setOpen(false)} /> : null}
    </>
  )
}
