import { moderationContract } from '@video-meet/protocol'
import { useRoom } from '../../room/room-context.tsx'
import { CheckField } from '../../ui/form/check-field.tsx'
import { FormDialog } from '../../ui/form/form-dialog.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import type { PersonDialogProps } from './person-dialogs.tsx'
import { personText } from './person-text.ts'

/** Sends somebody out for good, perhaps with a reason and with everyone beside them. */
export function BanDialog({ person, onClose }: PersonDialogProps) {
  const { features } = useRoom()
  const form = useForm({
    initial: { reason: '', network: false },
    schema: moderationContract.requests['moderation.ban'].input,
    toInput: ({ reason, network }) => ({
      participantId: person.id,
      network,
      ...(reason.trim() && { reason }),
    }),
    submit: async ({ participantId, network, reason }) => {
      await features.moderation.ban(participantId, { network, ...(reason && { reason }) })
      onClose()
    },
  })
  return (
    <FormDialog
      danger
      form={form}
      title={personText.banTitle(person.name)}
      action={personText.ban}
      onClose={onClose}
    >
      <p className="text-[0.9375rem] leading-relaxed text-soft">{personText.banBody}</p>
      <TextInput form={form} name="reason" label={personText.optionalReason} autoComplete="off" />
      <CheckField
        form={form}
        name="network"
        label={personText.banNetwork}
        description={personText.banNetworkHint}
      />
    </FormDialog>
  )
}
