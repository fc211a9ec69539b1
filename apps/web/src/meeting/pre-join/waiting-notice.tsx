import { SignalingError, type WaitingRoom } from '@video-meet/client'
import { type ReactNode, useState } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { Button } from '../../ui/button.tsx'
import type { Sent } from '../ending.ts'
import { useNow } from './use-now.ts'
import { WaitingHeading } from './waiting-heading.tsx'
import { waitingText } from './waiting-text.ts'

/** How long somebody who asked too often waits, if the server does not say it. */
const PAUSE_SECONDS = 30
/** What is older no longer matters. */
const SHOWN_MESSAGES = 5

interface WaitingNoticeProps {
  room: WaitingRoom
  sent: Sent | undefined
  actions: ReactNode
}

/** The place in the line, what the host writes, and a way to be remembered. */
export function WaitingNotice({ room, sent, actions }: WaitingNoticeProps) {
  const { place, messages, name } = useStore(room.state)
  // Null at first as well as after the connection was lost.
  const [hadPlace, setHadPlace] = useState(false)
  if (place !== null && !hadPlace) setHadPlace(true)
  const { remind, answer, pause } = useReminder(room)
  const older = Math.max(0, messages.length - SHOWN_MESSAGES)
  const idle = place !== null && pause === 0
  return (
    <>
      <WaitingHeading>{waitingText.title}</WaitingHeading>
      {sent ? (
        <p dir="auto" className="mt-2 break-words">
          {waitingText.sent(sent.by)}
          {sent.note ? ` “${sent.note}”` : null}
        </p>
      ) : null}
      <p dir="auto" className="mt-2 break-words text-soft">
        {waitingText.as(name)}
      </p>
      <p role="status" className="mt-3 font-medium">
        {placeText(place, hadPlace)}
      </p>
      <div role="log" aria-live="polite" aria-label={waitingText.messages}>
        {messages.slice(older).map((message, index) => (
          // Lines are only added, so each keeps its place.
          <p
            key={older + index}
            dir="auto"
            className="mt-3 rounded-control bg-control px-3.5 py-2.5 break-words"
          >
            {message}
          </p>
        ))}
      </div>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button
          aria-disabled={!idle}
          className="aria-disabled:opacity-55"
          onClick={() => (idle ? void remind() : undefined)}
        >
          {pause > 0 ? waitingText.askAgainIn(pause) : waitingText.askAgain}
        </Button>
        {actions}
      </div>
      <p role="status" className="mt-3 text-sm text-soft">
        {answer}
      </p>
    </>
  )
}

function placeText(place: number | null, hadPlace: boolean): string {
  if (place === null) return hadPlace ? waitingText.lost : waitingText.asking
  return place <= 1 ? waitingText.next : waitingText.before(place - 1)
}

/** Knocks again, as often as the server lets one. `pause`: seconds until then. */
function useReminder(room: WaitingRoom) {
  const [answer, setAnswer] = useState('')
  const [pauseEnds, setPauseEnds] = useState(0)
  const now = useNow()
  const pause = Math.max(0, Math.ceil((pauseEnds - now) / 1000))

  async function remind(): Promise<void> {
    setAnswer('')
    try {
      await room.remind()
      setAnswer(waitingText.asked)
    } catch (error) {
      if (error instanceof SignalingError && error.code === 'rate_limited')
        setPauseEnds(Date.now() + pauseOf(error) * 1000)
      else setAnswer(waitingText.notTold)
    }
  }

  return { remind, answer, pause }
}

function pauseOf({ details }: SignalingError): number {
  const seconds = (details as { retryAfterSeconds?: unknown } | undefined)?.retryAfterSeconds
  return typeof seconds === 'number' ? seconds : PAUSE_SECONDS
}
