import { type MeetingCode, parseMeetingCode } from '@video-meet/protocol'
import { useState } from 'react'
import { Provider } from 'react-redux'
import { Navigate, useParams } from 'react-router'
import { meetingPath } from '../lib/meeting-link.ts'
import { useNewMeeting } from '../lib/use-new-meeting.ts'
import { usePageTitle } from '../lib/use-page-title.ts'
import { RoomProvider } from '../room/room-context.tsx'
import { createAppStore } from '../store/store.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { AfterCallScreen, ProblemPage } from './lazy-pages.tsx'
import { PreJoinScreen } from './pre-join/pre-join-screen.tsx'
import { ReturningScreen } from './returning-screen.tsx'
import { RoomScreen } from './room-screen.tsx'
import { type MeetingLookup, useMeetingLookup } from './use-meeting-lookup.ts'
import { useStage } from './use-stage.ts'

/** Everything under a meeting's address: before, during and after. The store is here, as no other page needs it. */
export function MeetingScreen() {
  const [store] = useState(createAppStore)
  const { code: written = '' } = useParams()
  const code = parseMeetingCode(written)
  if (code === null) return <ProblemPage problem="linkMalformed" onRetry={() => undefined} />
  if (code !== written) return <Navigate to={meetingPath(code)} replace />
  return (
    <Provider store={store}>
      <Meeting key={code} code={code} />
    </Provider>
  )
}

function Meeting({ code }: { code: MeetingCode }) {
  const { lookup, lookAgain } = useMeetingLookup(code)
  const { stage, enter, refuse, returnFailed, giveUpWaiting, startOver, askAgain } = useStage(code)
  const newMeeting = useNewMeeting()
  const found = lookup.status === 'found' ? lookup.meeting.title : undefined
  usePageTitle(stage.name === 'room' ? stage.room.meeting.title : found)

  switch (stage.name) {
    case 'problem':
      return (
        <ProblemPage
          problem={stage.problem}
          details={stage.details}
          onRetry={startOver}
          onAskAgain={askAgain}
        />
      )
    case 'ended':
      return (
        <AfterCallScreen
          ending={stage.ending}
          onRejoin={startOver}
          onAskAgain={askAgain}
          newMeeting={newMeeting}
        />
      )
    case 'room':
      return (
        <RoomProvider room={stage.room}>
          <RoomScreen title={stage.room.meeting.title} late={stage.late} />
        </RoomProvider>
      )
    case 'returning':
      return <ReturningScreen stay={stage.stay} onJoined={enter} onFailed={returnFailed} />
    case 'pre-join':
      return lookup.status === 'found' ? (
        <PreJoinScreen
          meeting={lookup.meeting}
          again={stage.again}
          sent={stage.sent}
          onJoined={enter}
          onRefused={refuse}
          onLeave={giveUpWaiting}
        />
      ) : (
        <BeforePreJoin lookup={lookup} onRetry={lookAgain} />
      )
  }
}

function BeforePreJoin({ lookup, onRetry }: { lookup: MeetingLookup; onRetry: () => void }) {
  if (lookup.status !== 'failed') return <LoadingPage />
  const unknown = lookup.failure === 'meeting_not_found' || lookup.failure === 'bad_request'
  return <ProblemPage problem={unknown ? 'meetingNotFound' : 'unreachable'} onRetry={onRetry} />
}
