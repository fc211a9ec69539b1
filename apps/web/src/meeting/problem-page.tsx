import {
  Ban,
  CalendarX,
  CloudOff,
  DoorClosed,
  Hand,
  Hourglass,
  KeyRound,
  Link2Off,
  Lock,
  type LucideIcon,
  MonitorSmartphone,
  RefreshCw,
  SearchX,
  TriangleAlert,
  UserRoundMinus,
  UserRoundX,
  Users,
} from 'lucide-react'
import { loginPath } from '../lib/paths.ts'
import { wasSignedIn } from '../lib/session-hint.ts'
import { text } from '../lib/text.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { MessagePage } from '../ui/message-page.tsx'
import { afterCallText, problemText } from './outer-text.ts'

/** What keeps a person out of a meeting, as a whole page. */
export type Problem = keyof typeof ICONS

const ICONS = {
  linkMalformed: Link2Off,
  meetingNotFound: SearchX,
  roomFull: Users,
  locked: Lock,
  denied: Hand,
  removed: UserRoundMinus,
  banned: Ban,
  versionMismatch: RefreshCw,
  unreachable: CloudOff,
  signInRequired: KeyRound,
  invitedOnly: KeyRound,
  notInvited: UserRoundX,
  meetingEnded: DoorClosed,
  meetingCancelled: CalendarX,
  replaced: MonitorSmartphone,
  tooFast: Hourglass,
  failed: TriangleAlert,
} satisfies Record<string, LucideIcon>

/** What the button says that tries again, for what may pass. */
const RETRY: Partial<Record<Problem, string>> = {
  roomFull: text.tryAgain,
  locked: text.tryAgain,
  unreachable: text.tryAgain,
  tooFast: text.tryAgain,
  failed: text.tryAgain,
  meetingEnded: text.tryAgain,
  versionMismatch: text.reload,
  replaced: problemText.replaced.rejoinHere,
  denied: problemText.denied.askAgain,
  removed: afterCallText.askToComeBack,
}

interface ProblemPageProps {
  problem: Problem
  /** What the server says besides. */
  details?: unknown
  onRetry: () => void
  /** With the name and the devices of before. */
  onAskAgain?: () => void
}

/** Says what is in the way and offers what helps. */
export function ProblemPage({ problem, details, onRetry, onAskAgain = onRetry }: ProblemPageProps) {
  const { title, body } = problemText[problem]
  const button = RETRY[problem]
  const retry = problem === 'denied' || problem === 'removed' ? onAskAgain : onRetry
  const signsIn = offersSignIn(problem)
  return (
    <MessagePage
      icon={ICONS[problem]}
      title={title}
      actions={
        <>
          {signsIn ? (
            <ButtonLink look="primary" to={loginPath(location.pathname)}>
              {problemText.signInRequired.signIn}
            </ButtonLink>
          ) : null}
          {button ? (
            <Button onClick={problem === 'versionMismatch' ? () => location.reload() : retry}>
              {button}
            </Button>
          ) : null}
          <ButtonLink to="/" look={button || signsIn ? 'secondary' : 'primary'}>
            {text.backToStart}
          </ButtonLink>
        </>
      }
    >
      <p>
        {problem === 'roomFull' ? `${peopleIn(details)} ` : null}
        {body}
      </p>
    </MessagePage>
  )
}

function offersSignIn(problem: Problem): boolean {
  if (problem === 'signInRequired' || problem === 'invitedOnly') return true
  // Who has an account here may be among those invited.
  return problem === 'notInvited' && !wasSignedIn()
}

function peopleIn(details: unknown): string {
  const people = (details as { people?: unknown } | undefined)?.people
  return typeof people === 'number' ? problemText.roomFull.people(people) : ''
}
