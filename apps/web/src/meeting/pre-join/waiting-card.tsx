import type { WaitingRoom } from '@video-meet/client'
import { Button } from '../../ui/button.tsx'
import type { Sent } from '../ending.ts'
import { EarlyNotice } from './early-notice.tsx'
import type { TooEarly } from './use-entry.ts'
import { WaitingNotice } from './waiting-notice.tsx'
import { waitingText } from './waiting-text.ts'

interface WaitingCardProps {
  /** Of the meeting. */
  title: string
  /** How the person was sent here from the call. */
  sent: Sent | undefined
  waitingRoom: WaitingRoom | null
  early: TooEarly | null
  onLeave: () => void
}

/** What stands in place of the form while somebody has to let the person in, or the meeting has not begun. */
export function WaitingCard({ title, sent, waitingRoom, early, onLeave }: WaitingCardProps) {
  const leave = (
    <Button look="secondary" onClick={onLeave}>
      {waitingText.leave}
    </Button>
  )
  return (
    <section className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <p dir="auto" className="mb-1 text-sm font-medium break-words text-soft">
        {title}
      </p>
      {waitingRoom ? (
        <WaitingNotice room={waitingRoom} sent={sent} actions={leave} />
      ) : early ? (
        <EarlyNotice early={early} actions={leave} />
      ) : null}
    </section>
  )
}
