import { cancelMeeting, type Meeting } from '@video-meet/protocol'
import { CalendarX2, DoorOpen, Ellipsis, PhoneOff, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { paths } from '../../lib/paths.ts'
import { text } from '../../lib/text.ts'
import { meetingsApi } from '../../store/api/meetings-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextArea } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { MenuItem } from '../../ui/menu-item.tsx'
import { Menu } from '../../ui/menu.tsx'
import { detailText, meetingsText } from './text.ts'

type Question = 'cancel' | 'delete' | 'end'

/** What the owner of a meeting does seldom. */
export function MeetingMenu({ meeting }: { meeting: Meeting }) {
  const [question, setQuestion] = useState<Question | null>(null)
  const close = () => setQuestion(null)
  const start = useStart(meeting)
  const { state } = meeting
  return (
    <>
      <Menu
        label={meetingsText.actionsOf(meeting.title)}
        trigger={<Ellipsis aria-hidden className="size-5" />}
        triggerClassName="inline-flex size-11 items-center justify-center rounded-control border border-line-strong/45 hover:bg-control"
      >
        {state === 'open' || state === 'ended' ? (
          <MenuItem icon={DoorOpen} onSelect={start}>
            {detailText.start}
          </MenuItem>
        ) : null}
        {state === 'live' ? (
          <MenuItem icon={PhoneOff} onSelect={() => setQuestion('end')}>
            {detailText.end}
          </MenuItem>
        ) : null}
        {state === 'open' ? (
          <MenuItem icon={CalendarX2} onSelect={() => setQuestion('cancel')}>
            {detailText.cancel}
          </MenuItem>
        ) : null}
        <MenuItem icon={Trash2} danger onSelect={() => setQuestion('delete')}>
          {detailText.remove}
        </MenuItem>
      </Menu>
      {question === 'cancel' ? <CancelDialog meeting={meeting} onClose={close} /> : null}
      {question === 'delete' ? <DeleteDialog meeting={meeting} onClose={close} /> : null}
      {question === 'end' ? <EndDialog meeting={meeting} onClose={close} /> : null}
    </>
  )
}

interface QuestionProps {
  meeting: Meeting
  onClose: () => void
}

function useStart({ id }: Meeting): () => void {
  const toast = useToast()
  const [start] = meetingsApi.useStartMeetingMutation()
  async function open(): Promise<void> {
    try {
      await start({ params: { id } }).unwrap()
      toast(detailText.started)
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }
  return () => void open()
}

function CancelDialog({ meeting, onClose }: QuestionProps) {
  const toast = useToast()
  const [cancel] = meetingsApi.useCancelMeetingMutation()
  const form = useForm({
    initial: { note: '' },
    schema: cancelMeeting.body,
    toInput: ({ note }) => (note.trim() === '' ? {} : { note }),
    submit: async (body) => {
      await cancel({ params: { id: meeting.id }, body }).unwrap()
      toast(detailText.cancelled)
      onClose()
    },
  })
  return (
    <Dialog holdsForm title={detailText.cancelTitle(meeting.title)} onClose={onClose}>
      <p className="mb-4 text-soft">{detailText.cancelBody}</p>
      <Form form={form}>
        <TextArea form={form} name="note" label={detailText.cancelNote} rows={3} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="secondary" onClick={onClose}>
            {text.close}
          </Button>
          <SubmitButton form={form} look="danger">
            {detailText.cancel}
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}

function DeleteDialog({ meeting, onClose }: QuestionProps) {
  const navigate = useNavigate()
  const [remove] = meetingsApi.useDeleteMeetingMutation()
  return (
    <ConfirmDialog
      title={detailText.removeTitle(meeting.title)}
      action={detailText.remove}
      onConfirm={async () => {
        await remove({ params: { id: meeting.id } }).unwrap()
        await navigate(paths.dashboard, { replace: true })
      }}
      onClose={onClose}
    >
      {detailText.removeBody}
    </ConfirmDialog>
  )
}

function EndDialog({ meeting, onClose }: QuestionProps) {
  const toast = useToast()
  const [end] = meetingsApi.useEndMeetingMutation()
  return (
    <ConfirmDialog
      title={detailText.endTitle}
      action={detailText.end}
      onConfirm={async () => {
        await end({ params: { id: meeting.id } }).unwrap()
        toast(detailText.ended)
      }}
      onClose={onClose}
    >
      {detailText.endBody}
    </ConfirmDialog>
  )
}
