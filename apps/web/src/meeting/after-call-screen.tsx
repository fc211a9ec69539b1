import { Ban, CloudOff, DoorOpen, type LucideIcon, UserRoundX } from 'lucide-react'
import { text } from '../lib/text.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { MessagePage } from '../ui/message-page.tsx'
import type { EndedReason, Ending } from './ending.ts'
import { afterCallText } from './outer-text.ts'

const ICONS: Record<EndedReason, LucideIcon> = {
  left: DoorOpen,
  not_waiting: DoorOpen,
  unreachable: CloudOff,
  meeting_ended: DoorOpen,
  signed_out: DoorOpen,
  removed: UserRoundX,
  banned: Ban,
  ended: DoorOpen,
}

interface EndingWords {
  readonly title: string
  /** When it is known who did it. */
  readonly titleBy?: (name: string) => string
  readonly body: string
}

interface AfterCallScreenProps {
  ending: Ending
  onRejoin: () => void
  /** With the name and the devices of before. */
  onAskAgain: () => void
  newMeeting: { start: () => void; starting: boolean; error: string | null }
}

/** After the meeting: why it ended and where to go from here. */
export function AfterCallScreen({ ending, onRejoin, onAskAgain, newMeeting }: AfterCallScreenProps) {
  const { reason, by, note } = ending
  const { title, titleBy, body }: EndingWords = afterCallText[reason]
  const isOver = reason === 'meeting_ended' || reason === 'banned'
  const isRemoved = reason === 'removed'
  return (
    <MessagePage
      icon={ICONS[reason]}
      title={by && titleBy ? titleBy(by) : title}
      actions={
        <>
          {isOver ? null : (
            <Button onClick={isRemoved ? onAskAgain : onRejoin}>
              {isRemoved ? afterCallText.askToComeBack : afterCallText.rejoin}
            </Button>
          )}
          <Button look="secondary" disabled={newMeeting.starting} onClick={newMeeting.start}>
            {text.newMeeting}
          </Button>
          <ButtonLink look="quiet" to="/">
            {text.backToStart}
          </ButtonLink>
        </>
      }
    >
      {note ? (
        <blockquote dir="auto" className="mb-3 break-words text-ink">
          “{note}”
        </blockquote>
      ) : null}
      <p>{body}</p>
      <p role="alert" className="mt-3 text-sm text-danger-text empty:hidden">
        {newMeeting.error}
      </p>
    </MessagePage>
  )
}
