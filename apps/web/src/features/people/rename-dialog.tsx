import { moderationContract } from '@video-meet/protocol'
import { useRoom } from '../../room/room-context.tsx'
import { FormDialog } from '../../ui/form/form-dialog.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import type { PersonDialogProps } from './person-dialogs.tsx'
import { personText } from './person-text.ts'

/** Another name for somebody, and why. */
export function RenameDialog({ person, onClose }: PersonDialogProps) {
  const { features } = useRoom()
  const form = useForm({
    initial: { name: person.name, reason: '' },
    schema: moderationContract.requests['moderation.rename'].input,
    toInput: (values) => ({ participantId: person.id, ...values }),
    submit: async ({ participantId, name, reason }) => {
      await features.moderation.rename(participantId, name, reason)
      onClose()
    },
  })
  return (
    <FormDialog
      form={form}
      title={personText.renameTitle(person.name)}
      action={personText.rename}
      onClose={onClose}
    >
      <TextInput form={form} name="name" label={personText.name} autoComplete="off" />
      <TextInput
        form={form}
        name="reason"
        label={personText.reason}
        description={personText.reasonHint(person.name)}
        autoComplete="off"
      />
    </FormDialog>
  )
}
