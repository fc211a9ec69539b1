import type { JoinError, Room } from '@video-meet/client'
import type { Meeting } from '@video-meet/protocol'
import { lazy, Suspense, useEffect } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { Boundary } from '../../ui/boundary.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import type { Sent } from '../ending.ts'
import type { Choice } from '../stay.ts'
import { preJoinText } from '../text.ts'
import { CaptureProblems } from './capture-problems.tsx'
import { ConnectionTestSwitch } from './connection-test-switch.tsx'
import { Devices } from './devices.tsx'
import { EntryForm } from './entry-form.tsx'
import { mustWait } from './must-wait.ts'
import { needsPassword } from './needs-password.ts'
import { Preview } from './preview.tsx'
import { useEntry } from './use-entry.ts'
import type { LateDevices } from './use-join.ts'
import { useLocalPreview } from './use-local-preview.ts'

/** Most people never wait: whoever does loads it. */
const loadWaitingCard = async () => ({ default: (await import('./waiting-card.tsx')).WaitingCard })
const WaitingCard = lazy(loadWaitingCard)
const InvitationCard = lazy(async () => ({ default: (await import('./invitation-card.tsx')).InvitationCard }))

interface PreJoinScreenProps {
  meeting: Meeting
  /** With what the person comes again, by themselves. */
  again?: Choice | undefined
  /** How they were sent here from the call. */
  sent?: Sent | undefined
  onJoined: (room: Room, late: LateDevices) => void
  onRefused: (error: JoinError, choice: Choice) => void
  /** The person does not want to wait any longer. */
  onLeave: () => void
}

/** The moment before the meeting: see oneself, check the sound, give a name, join, and wait if need be. */
export function PreJoinScreen({ meeting, again, sent, onLeave, ...on }: PreJoinScreenProps) {
  const { code, title } = meeting
  const preview = useLocalPreview(again)
  const state = useStore(preview.state)
  const entry = useEntry({
    code,
    isLive: meeting.state === 'live',
    asksPassword: needsPassword(meeting),
    preview,
    again,
    ...on,
  })
  const { waitingRoom, early, inUse } = entry
  const asks = mustWait(meeting)

  useEffect(() => {
    // Only a head start.
    if (asks) loadWaitingCard().catch(() => undefined)
  }, [asks])

  return (
    <PageFrame>
      <div className="grid flex-1 grid-cols-1 content-center items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-10">
        <div className="max-lg:mx-auto max-lg:w-full max-lg:max-w-xl">
          <Preview name={entry.name} preview={preview} state={state} />
          <Boundary>
            <CaptureProblems preview={preview} state={state} />
          </Boundary>
        </div>
        <div className="flex flex-col gap-6 max-lg:mx-auto max-lg:w-full max-lg:max-w-xl">
          {inUse ? (
            <Suspense fallback={<Spinner />}>
              <InvitationCard
                title={title}
                code={code}
                isProven={inUse.isProven}
                isOpen={meeting.join === 'anyone'}
                onSwitch={(proof) => entry.switchHere(proof)}
                onAsk={() => entry.comeUninvited()}
                onBack={entry.backToForm}
              />
            </Suspense>
          ) : waitingRoom || early ? (
            <Suspense fallback={<Spinner />}>
              <WaitingCard
                title={title}
                sent={sent}
                waitingRoom={waitingRoom}
                early={early}
                onLeave={onLeave}
              />
            </Suspense>
          ) : (
            <EntryForm title={title} entry={entry} asks={asks} />
          )}
          <section className="border-t border-line pt-5" aria-label={preJoinText.devices}>
            <Boundary>
              <Devices preview={preview} state={state} />
            </Boundary>
            <Boundary>
              <ConnectionTestSwitch />
            </Boundary>
          </section>
        </div>
      </div>
    </PageFrame>
  )
}
