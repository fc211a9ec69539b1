import type { MeetingCode } from '@video-meet/protocol'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { invitationText } from './invitation-text.ts'
import { useInvitationCode } from './use-invitation-code.ts'
import { WaitingHeading } from './waiting-heading.tsx'

interface InvitationCardProps {
  /** Of the meeting. */
  title: string
  code: MeetingCode
  /** Whether the account of the person shows that the invitation is theirs. */
  isProven: boolean
  /** Whether people without an invitation may come. */
  isOpen: boolean
  /** With the proof that a code gave. */
  onSwitch: (proof?: string) => void
  onAsk: () => void
  onBack: () => void
}

/** Stands in place of the form while the person's invitation is being used in another browser. */
export function InvitationCard({ title, isProven, onSwitch, onBack, ...props }: InvitationCardProps) {
  return (
    <section className="rounded-card border border-line bg-surface p-5 sm:p-6">
      <p dir="auto" className="mb-1 text-sm font-medium break-words text-soft">
        {title}
      </p>
      <WaitingHeading>{invitationText.title}</WaitingHeading>
      {isProven ? (
        <>
          <p className="mt-3 text-soft">{invitationText.isYours}</p>
          <Button className="mt-4 w-full" onClick={() => onSwitch()}>
            {invitationText.switchHere}
          </Button>
        </>
      ) : (
        <CodeSteps onSwitch={onSwitch} {...props} />
      )}
      <Button look="secondary" className="mt-3 w-full" onClick={onBack}>
        {invitationText.back}
      </Button>
    </section>
  )
}

type CodeStepsProps = Pick<InvitationCardProps, 'code' | 'isOpen' | 'onSwitch' | 'onAsk'>

function CodeSteps({ code, isOpen, onSwitch, onAsk }: CodeStepsProps) {
  const { isSent, isBusy, problem, send, redeem } = useInvitationCode(code, onSwitch)
  return (
    <>
      <p className="mt-3 text-soft" role="status">
        {isSent ? invitationText.sent : invitationText.prove}
      </p>
      {isSent ? <CodeForm problem={problem} isBusy={isBusy} onCode={(typed) => void redeem(typed)} /> : null}
      <Button
        className="mt-4 w-full"
        look={isSent ? 'secondary' : 'primary'}
        disabled={isBusy}
        onClick={() => void send()}
      >
        {isSent ? invitationText.anotherCode : invitationText[isBusy ? 'sending' : 'emailCode']}
      </Button>
      <p role="alert" className="mt-2 text-sm text-danger-text empty:hidden">
        {isSent ? null : problem}
      </p>
      {isOpen ? (
        <>
          <p className="mt-4 text-sm text-soft">{invitationText.orAsk}</p>
          <Button look="secondary" className="mt-2 w-full" onClick={onAsk}>
            {invitationText.askToJoin}
          </Button>
        </>
      ) : null}
    </>
  )
}

interface CodeFormProps {
  problem: string | null
  isBusy: boolean
  onCode: (typed: string) => void
}

function CodeForm({ problem, isBusy, onCode }: CodeFormProps) {
  const [typed, setTyped] = useState('')
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => field.current?.focus(), [problem])

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    onCode(typed)
  }

  return (
    <form onSubmit={submit} noValidate className="mt-4">
      <TextField
        label={invitationText.codeLabel}
        value={typed}
        onChange={({ target }) => setTyped(target.value)}
        error={problem}
        ref={field}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        enterKeyHint="go"
      />
      <Button type="submit" className="mt-3 w-full" disabled={isBusy}>
        {invitationText.switchHere}
      </Button>
    </form>
  )
}
