import { InvitationAnswer, type InvitationStatus, type MeetingSchedule } from '@video-meet/protocol'
import { Check, Clock, X } from 'lucide-react'
import { useState } from 'react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { text } from '../../lib/text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextArea } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { ScheduleFields } from './schedule-fields.tsx'
import { scheduleInput, scheduleValues } from './schedule-values.ts'
import { answerText } from './text.ts'

interface AnswerButtonsProps {
  /** The present answer. */
  status: InvitationStatus
  schedule: MeetingSchedule | null
  timeZone: string
  onAnswer: (answer: InvitationAnswer) => Promise<unknown>
}

/** What an invited person can say. */
export function AnswerButtons({ status, schedule, timeZone, onAnswer }: AnswerButtonsProps) {
  const [proposing, setProposing] = useState(false)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)

  async function say(answer: 'accept' | 'decline'): Promise<void> {
    if (busy) return
    setBusy(true)
    setError(null)
    try {
      await onAnswer({ answer })
    } catch (failure) {
      setError(failureText(toFailure(failure)))
    } finally {
      setBusy(false)
    }
  }

  return (
    <div>
      <div className="flex flex-wrap gap-2">
        <Button
          look={status === 'accepted' ? 'secondary' : 'primary'}
          aria-pressed={status === 'accepted'}
          aria-disabled={busy}
          onClick={() => void say('accept')}
        >
          <Check aria-hidden className="size-5" />
          {answerText.accept}
        </Button>
        <Button
          look="secondary"
          aria-pressed={status === 'declined'}
          aria-disabled={busy}
          onClick={() => void say('decline')}
        >
          <X aria-hidden className="size-5" />
          {answerText.decline}
        </Button>
        {schedule ? (
          <Button look="quiet" onClick={() => setProposing(true)}>
            <Clock aria-hidden className="size-5" />
            {answerText.propose}
          </Button>
        ) : null}
      </div>
      <p role="alert" className="mt-2 text-sm text-danger-text empty:hidden">
        {error}
      </p>
      {proposing && schedule ? (
        <ProposeDialog
          schedule={schedule}
          timeZone={timeZone}
          onAnswer={onAnswer}
          onClose={() => setProposing(false)}
        />
      ) : null}
    </div>
  )
}

interface ProposeDialogProps extends Pick<AnswerButtonsProps, 'timeZone' | 'onAnswer'> {
  schedule: MeetingSchedule
  onClose: () => void
}

function ProposeDialog({ schedule, timeZone, onAnswer, onClose }: ProposeDialogProps) {
  const once = { startsAt: schedule.startsAt, durationMinutes: schedule.durationMinutes, timeZone }
  const form = useForm({
    initial: { note: '', ...scheduleValues(once, timeZone) },
    schema: InvitationAnswer,
    toInput: ({ note, ...values }) => ({
      answer: 'propose',
      proposal: scheduleInput(values, null),
      ...(note.trim() !== '' && { note }),
    }),
    submit: async (answer) => {
      await onAnswer(answer)
      onClose()
    },
  })
  return (
    <Dialog wide holdsForm title={answerText.proposeTitle} onClose={onClose}>
      <p className="mb-5 text-soft">{answerText.proposeLead}</p>
      <Form form={form}>
        <ScheduleFields form={form} withRecurrence={false} />
        <TextArea form={form} name="note" label={answerText.note} rows={3} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="secondary" onClick={onClose}>
            {text.cancel}
          </Button>
          <SubmitButton form={form}>{answerText.send}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
