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
import { doorProblem, problemAt } from './door-problem.ts'
import { AfterCallScreen, ProblemPage } from './lazy-pages.tsx'
import { PreJoinScreen } from './pre-join/pre-join-screen.tsx'
import type { Problem } from './problem-page.tsx'
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
  const found = lookup.status === 'found' ? lookup.meeting : undefined
  usePageTitle(stage.name === 'room' ? stage.room.meeting.title : found?.title)
  const problem = problemOf(lookup)
  const tryAgain = () => {
    // The meeting may be another by now: cancelled, for example, or open to anyone.
    lookAgain()
    startOver()
  }

  switch (stage.name) {
    case 'problem':
      return (
        <ProblemPage
          problem={problemAt(stage.problem, found)}
          details={stage.details}
          onRetry={tryAgain}
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
      return problem === null && found ? (
        <PreJoinScreen
          meeting={found}
          again={stage.again}
          sent={stage.sent}
          onJoined={enter}
          onRefused={refuse}
          onLeave={giveUpWaiting}
        />
      ) : (
        <NoWayIn problem={problem} onRetry={lookAgain} />
      )
  }
}

/** Until it is known which meeting it is, and if one cannot come in. */
function NoWayIn({ problem, onRetry }: { problem: Problem | null; onRetry: () => void }) {
  return problem === null ? <LoadingPage /> : <ProblemPage problem={problem} onRetry={onRetry} />
}

function problemOf(lookup: MeetingLookup): Problem | null {
  if (lookup.status === 'looking') return null
  if (lookup.status === 'found') return doorProblem(lookup.meeting)
  switch (lookup.failure) {
    case 'meeting_not_found':
    case 'bad_request':
      return 'meetingNotFound'
    case 'network':
    case 'unavailable':
    case 'timeout':
      return 'unreachable'
    case 'rate_limited':
      return 'tooFast'
    default:
      return 'failed'
  }
}
