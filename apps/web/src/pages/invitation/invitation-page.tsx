import {
  answerByLink,
  type InvitationAnswer,
  openInvitation,
  type ReceivedInvitation,
} from '@video-meet/protocol'
import { Link2Off } from 'lucide-react'
import { useEffect, useState } from 'react'
import { AnswerButtons } from '../../features/scheduling/answer-buttons.tsx'
import { answerText } from '../../features/scheduling/text.ts'
import { When } from '../../features/scheduling/when-text.tsx'
import { browserTaste, createDates } from '../../lib/dates.ts'
import { toFailure } from '../../lib/failure-text.ts'
import { keepInvitationToken } from '../../lib/invitation-token.ts'
import { meetingPath } from '../../lib/meeting-link.ts'
import { loginPath, paths, registerPath } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useAccountSelector } from '../../store/account-store.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LoadingPage } from '../../ui/loading-page.tsx'
import { MessagePage } from '../../ui/message-page.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { AuthFrame } from '../auth/auth-frame.tsx'
import { mailToken } from '../auth/mail-token.ts'
import { invitationText } from './text.ts'

/** What the personal link of an invitation opens: answer and join, without an account. */
export function InvitationPage() {
  // It is read once and then leaves the address bar, so that nobody reads it off there.
  const [token] = useState(() => mailToken(location.hash) ?? restoredToken())
  const { invitation, error, answer, retry } = useInvitation(token)
  useEffect(() => {
    if (token === null) return
    history.replaceState({ ...(history.state as object), invitation: token }, '', location.pathname)
  }, [token])
  if (token === null || (error !== null && toFailure(error).code === 'token_invalid')) return <BadLinkPage />
  if (error !== null) return <FailedPage error={error} onRetry={retry} />
  if (!invitation) return <LoadingPage />
  return <Opened invitation={invitation} token={token} onAnswer={answer} />
}

/** After a reload the token is where the page put it. */
function restoredToken(): string | null {
  const state = history.state as { invitation?: unknown } | null
  return typeof state?.invitation === 'string' ? state.invitation : null
}

function useInvitation(token: string | null) {
  const { rest } = useAccount()
  const [invitation, setInvitation] = useState<ReceivedInvitation | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [attempt, setAttempt] = useState(0)

  useEffect(() => {
    if (token === null) return
    const giveUp = new AbortController()
    rest.call(openInvitation, { body: { token } }, { signal: giveUp.signal }).then(
      (opened) => {
        keepInvitationToken(opened.meeting.code, token)
        setInvitation(opened)
      },
      (failure: unknown) => {
        if (!giveUp.signal.aborted) setError(failure)
      },
    )
    return () => giveUp.abort()
  }, [token, rest, attempt])

  return {
    invitation,
    error,
    retry: (): void => {
      setError(null)
      setAttempt((before) => before + 1)
    },
    answer: async (said: InvitationAnswer): Promise<void> => {
      if (token === null) return
      setInvitation(await rest.call(answerByLink, { body: { token, answer: said } }))
    },
  }
}

interface OpenedProps {
  invitation: ReceivedInvitation
  token: string
  onAnswer: (answer: InvitationAnswer) => Promise<void>
}

function Opened({ invitation, token, onAnswer }: OpenedProps) {
  const { meeting, organiser, status } = invitation
  const [answered, setAnswered] = useState(false)
  const isOpen = meeting.state === 'open' || meeting.state === 'live'
  const answer = async (said: InvitationAnswer): Promise<void> => {
    setAnswered(false)
    await onAnswer(said)
    setAnswered(true)
  }
  return (
    <AuthFrame
      title={meeting.title}
      lead={invitationText.invites(organiser)}
      below={isOpen ? <AccountOffer token={token} /> : null}
    >
      <div className="flex flex-col gap-5">
        <Time invitation={invitation} />
        {meeting.details?.description ? (
          <p dir="auto" className="break-words whitespace-pre-line">
            {meeting.details.description}
          </p>
        ) : null}
        {isOpen ? (
          <>
            <p className="font-medium">{answerText.own[status]}</p>
            <AnswerButtons
              status={status}
              schedule={meeting.schedule}
              timeZone={browserTaste().timeZone}
              onAnswer={answer}
            />
            <p role="status" className="text-soft empty:hidden">
              {answered ? invitationText.thanks : null}
            </p>
            <ButtonLink to={meetingPath(meeting.code)} look="secondary">
              {invitationText.join}
            </ButtonLink>
            <TextLink to={paths.test} className="self-center">
              {invitationText.test}
            </TextLink>
          </>
        ) : (
          <p className="font-medium">
            {meeting.state === 'cancelled' ? invitationText.cancelled : invitationText.over}
          </p>
        )}
      </div>
    </AuthFrame>
  )
}

/** The time in the reader's own zone, and in the meeting's where that is another. */
function Time({ invitation: { meeting } }: { invitation: ReceivedInvitation }) {
  const { schedule, details } = meeting
  if (!schedule) return null
  const { language, timeZone } = browserTaste()
  const begin = details?.nextStartsAt ?? schedule.startsAt
  const theirs = createDates({ language, timeZone: schedule.timeZone })
  return (
    <div>
      <p className="font-medium">
        <When schedule={schedule} startsAt={begin} />
      </p>
      {schedule.timeZone === timeZone ? null : (
        <p className="text-sm text-soft">
          {invitationText.theirTime(schedule.timeZone)}: {theirs.dateTime(begin)}
        </p>
      )}
    </div>
  )
}

function AccountOffer({ token }: { token: string }) {
  const status = useAccountSelector(({ auth }) => auth.status)
  if (status === 'signedIn') return <TextLink to={paths.dashboard}>Dashboard</TextLink>
  return (
    <>
      {invitationText.account}
      <TextLink to={registerPath(token)}>{invitationText.register}</TextLink>
      {invitationText.or}
      <TextLink to={loginPath(paths.dashboard)}>{invitationText.signIn}</TextLink>
    </>
  )
}

function BadLinkPage() {
  return (
    <MessagePage
      icon={Link2Off}
      title={invitationText.badTitle}
      actions={<ButtonLink to="/">{text.backToStart}</ButtonLink>}
    >
      <p>{invitationText.badBody}</p>
    </MessagePage>
  )
}

function FailedPage({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  return (
    <AuthFrame title={invitationText.title}>
      <ErrorState error={error} onRetry={onRetry} />
    </AuthFrame>
  )
}
