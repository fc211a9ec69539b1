import { moderationContract } from '@video-meet/protocol'
import { useRoom } from '../../room/room-context.tsx'
import { FormDialog } from '../../ui/form/form-dialog.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import type { PersonDialogProps } from './person-dialogs.tsx'
import { personText } from './person-text.ts'

/** Sends somebody out, perhaps with a reason. */
export function RemoveDialog({ person, onClose }: PersonDialogProps) {
  const { features } = useRoom()
  const form = useForm({
    initial: { reason: '' },
    schema: moderationContract.requests['moderation.remove'].input,
    toInput: ({ reason }) => ({ participantId: person.id, ...(reason.trim() && { reason }) }),
    submit: async ({ participantId, reason }) => {
      await features.moderation.remove(participantId, reason)
      onClose()
    },
  })
  return (
    <FormDialog
      danger
      form={form}
      title={personText.removeTitle(person.name)}
      action={personText.remove}
      onClose={onClose}
    >
      <p className="text-[0.9375rem] leading-relaxed text-soft">{personText.removeBody}</p>
      <TextInput form={form} name="reason" label={personText.optionalReason} autoComplete="off" />
    </FormDialog>
  )
}
