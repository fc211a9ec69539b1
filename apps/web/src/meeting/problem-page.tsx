import {
  CloudOff,
  DoorClosed,
  KeyRound,
  Link2Off,
  type LucideIcon,
  MonitorSmartphone,
  RefreshCw,
  SearchX,
  UserRoundX,
  Users,
} from 'lucide-react'
import { loginPath } from '../lib/paths.ts'
import { text } from '../lib/text.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { MessagePage } from '../ui/message-page.tsx'
import { problemText } from './text.ts'

/** What keeps a person out of a meeting, as a whole page. */
export type Problem =
  | 'linkMalformed'
  | 'meetingNotFound'
  | 'roomFull'
  | 'versionMismatch'
  | 'unreachable'
  | 'signInRequired'
  | 'notInvited'
  | 'meetingEnded'
  | 'replaced'

const ICONS: Record<Problem, LucideIcon> = {
  linkMalformed: Link2Off,
  meetingNotFound: SearchX,
  roomFull: Users,
  versionMismatch: RefreshCw,
  unreachable: CloudOff,
  signInRequired: KeyRound,
  notInvited: UserRoundX,
  meetingEnded: DoorClosed,
  replaced: MonitorSmartphone,
}

/** Says what is in the way and offers what helps. */
export function ProblemPage({ problem, onRetry }: { problem: Problem; onRetry: () => void }) {
  const { title, body } = problemText[problem]
  const button = retryButton(problem)
  return (
    <MessagePage
      icon={ICONS[problem]}
      title={title}
      actions={
        <>
          {problem === 'signInRequired' ? (
            <ButtonLink look="primary" to={loginPath(location.pathname)}>
              {problemText.signInRequired.signIn}
            </ButtonLink>
          ) : null}
          {button === null ? null : (
            <Button onClick={problem === 'versionMismatch' ? () => location.reload() : onRetry}>
              {button}
            </Button>
          )}
          <ButtonLink to="/" look={button === null && problem !== 'signInRequired' ? 'primary' : 'secondary'}>
            {text.backToStart}
          </ButtonLink>
        </>
      }
    >
      <p>{body}</p>
    </MessagePage>
  )
}

function retryButton(problem: Problem): string | null {
  switch (problem) {
    case 'linkMalformed':
    case 'meetingNotFound':
    case 'signInRequired':
    case 'notInvited':
      return null
    case 'versionMismatch':
      return text.reload
    case 'replaced':
      return problemText.replaced.rejoinHere
    case 'roomFull':
    case 'unreachable':
    case 'meetingEnded':
      return text.tryAgain
  }
}
