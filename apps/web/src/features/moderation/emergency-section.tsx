import { DoorClosed, Siren } from 'lucide-react'
import { useState } from 'react'
import { useRoom } from '../../room/room-context.tsx'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { moderationText } from './text.ts'
import type { Attempt } from './use-attempt.ts'

interface EmergencySectionProps {
  /** Whether this person may change what the call allows, and end it. */
  settings: boolean
  end: boolean
  attempt: Attempt
}

/** When a call gets out of hand. */
export function EmergencySection({ settings, end, attempt }: EmergencySectionProps) {
  const { moderation } = useRoom().features
  const [asking, setAsking] = useState<'panic' | 'end' | null>(null)
  const close = () => setAsking(null)
  return (
    <div className="grid gap-3">
      {settings ? (
        <Button look="danger" className="min-h-14 w-full text-base" onClick={() => setAsking('panic')}>
          <Siren aria-hidden className="size-6" />
          {moderationText.panic}
        </Button>
      ) : null}
      {end ? (
        <Button look="secondary" className="w-full" onClick={() => setAsking('end')}>
          <DoorClosed aria-hidden className="size-5" />
          {moderationText.end}
        </Button>
      ) : null}
      {asking === 'panic' ? (
        <ConfirmDialog
          title={moderationText.panicTitle}
          action={moderationText.panic}
          onConfirm={async () => {
            await moderation.panic()
            attempt(() => Promise.resolve(), moderationText.panicDone)
          }}
          onClose={close}
        >
          <p>{moderationText.panicIntro}</p>
          <ul className="my-2 list-disc pl-5">
            {moderationText.panicActs.map((what) => (
              <li key={what}>{what}</li>
            ))}
          </ul>
          <p>{moderationText.panicUndo}</p>
        </ConfirmDialog>
      ) : null}
      {asking === 'end' ? (
        <ConfirmDialog
          title={moderationText.endTitle}
          action={moderationText.end}
          onConfirm={() => moderation.end()}
          onClose={close}
        >
          {moderationText.endBody}
        </ConfirmDialog>
      ) : null}
    </div>
  )
}
