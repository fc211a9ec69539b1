import { invite, type MeetingId } from '@video-meet/protocol'
import { account } from '../../lib/session.ts'
import { useAppDispatch } from '../../store/hooks.ts'
import { noticeShown } from '../../store/ui-slice.ts'
import { useOnce } from '../../store/use-once.ts'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { ownerText } from './owner-text.ts'

interface InviteFormProps {
  meetingId: MeetingId
  onInvited: () => void
}

/** Sends somebody an invitation while the call is on. */
export function InviteForm({ meetingId, onInvited }: InviteFormProps) {
  const dispatch = useAppDispatch()
  const once = useOnce()
  const form = useForm({
    initial: { invite: '' },
    schema: invite.body,
    toInput: (values) => ({ invite: [{ email: values.invite }] }),
    submit: async (body) => {
      await once(body, (idempotencyKey) =>
        account.rest.call(invite, { params: { id: meetingId }, body }, { idempotencyKey }),
      )
      dispatch(noticeShown(ownerText.wasInvited(body.invite.map(({ email }) => email).join())))
      form.reset()
      onInvited()
    },
  })
  return (
    <Form form={form} className="gap-2">
      <TextInput
        form={form}
        name="invite"
        type="email"
        label={ownerText.email}
        placeholder={ownerText.emailHint}
        autoComplete="off"
        spellCheck={false}
      />
      <SubmitButton form={form} look="secondary">
        {ownerText.invite}
      </SubmitButton>
    </Form>
  )
}
