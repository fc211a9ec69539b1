import { CloudOff, DoorOpen, type LucideIcon } from 'lucide-react'
import { text } from '../lib/text.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { MessagePage } from '../ui/message-page.tsx'
import { afterCallText } from './text.ts'

export type EndedReason = 'left' | 'unreachable' | 'meeting_ended' | 'signed_out' | 'ended'

const ICONS: Record<EndedReason, LucideIcon> = {
  left: DoorOpen,
  unreachable: CloudOff,
  meeting_ended: DoorOpen,
  signed_out: DoorOpen,
  ended: DoorOpen,
}

interface AfterCallScreenProps {
  reason: EndedReason
  onRejoin: () => void
  newMeeting: { start: () => void; starting: boolean; error: string | null }
}

/** After the meeting: why it ended and where to go from here. */
export function AfterCallScreen({ reason, onRejoin, newMeeting }: AfterCallScreenProps) {
  const { title, body } = afterCallText[reason]
  return (
    <MessagePage
      icon={ICONS[reason]}
      title={title}
      actions={
        <>
          {reason === 'meeting_ended' ? null : <Button onClick={onRejoin}>{afterCallText.rejoin}</Button>}
          <Button look="secondary" disabled={newMeeting.starting} onClick={newMeeting.start}>
            {text.newMeeting}
          </Button>
          <ButtonLink look="quiet" to="/">
            {text.backToStart}
          </ButtonLink>
        </>
      }
    >
      <p>{body}</p>
      <p role="alert" className="mt-3 text-sm text-danger-text empty:hidden">
        {newMeeting.error}
      </p>
    </MessagePage>
  )
}
