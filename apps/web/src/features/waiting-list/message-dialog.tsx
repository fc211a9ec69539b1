import { lobbyContract, type WaitingPerson } from '@video-meet/protocol'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch } from '../../store/hooks.ts'
import { noticeShown } from '../../store/ui-slice.ts'
import { FormDialog } from '../../ui/form/form-dialog.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { waitingText } from './text.ts'

interface MessageDialogProps {
  to: readonly WaitingPerson[]
  onClose: () => void
}

/** A line to one or all of those who wait. */
export function MessageDialog({ to, onClose }: MessageDialogProps) {
  const { lobby } = useRoom().features
  const dispatch = useAppDispatch()
  const form = useForm({
    initial: { text: '' },
    schema: lobbyContract.requests['lobby.message'].input,
    toInput: ({ text }) => ({ ids: to.map(({ id }) => id), text }),
    submit: async ({ ids, text }) => {
      await lobby.message(ids, text)
      dispatch(noticeShown(waitingText.sent))
      onClose()
    },
  })
  const only = to.length === 1 ? to[0] : undefined
  return (
    <FormDialog
      form={form}
      title={waitingText.messageTitle(only?.name ?? waitingText.everyone)}
      action={waitingText.send}
      onClose={onClose}
    >
      <TextInput
        form={form}
        name="text"
        label={waitingText.messageField}
        description={waitingText.messageHint}
        maxLength={300}
        autoComplete="off"
      />
    </FormDialog>
  )
}
