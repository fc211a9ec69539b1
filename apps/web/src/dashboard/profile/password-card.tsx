import { changePassword } from '@video-meet/protocol'
import type { Failure } from '../../lib/failure-text.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { Card } from '../../ui/card.tsx'
import { Switch } from '../../ui/form/choices.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { PasswordInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { profileText } from './text.ts'

const words = profileText.password
const EMPTY = { currentPassword: '', newPassword: '', endApiTokens: true }

/** Changes the own password. */
export function PasswordCard() {
  const { email } = useUser()
  const toast = useToast()
  const { data: tokens } = profileApi.useApiTokensQuery()
  const names = tokens?.items.map(({ name }) => name) ?? []
  const [change] = profileApi.useChangePasswordMutation()
  const form = useForm({
    initial: EMPTY,
    schema: changePassword.body,
    submit: async (body) => {
      await change({ body }).unwrap()
      form.reset()
      toast(words.saved)
    },
    explain,
  })
  return (
    <Card title={words.title} description={words.hint}>
      <Form form={form}>
        {/* Tells password stores whose password it is. */}
        <input type="text" name="email" value={email} autoComplete="username" readOnly hidden />
        <PasswordInput
          form={form}
          name="currentPassword"
          label={words.current}
          autoComplete="current-password"
        />
        <PasswordInput
          form={form}
          name="newPassword"
          label={words.next}
          description={words.rule}
          autoComplete="new-password"
        />
        {names.length > 0 ? (
          <Switch
            form={form}
            name="endApiTokens"
            label={words.endTokens}
            description={words.endTokensHint(names.join(', '))}
          />
        ) : null}
        <SubmitButton form={form} className="self-start">
          {words.submit}
        </SubmitButton>
      </Form>
    </Card>
  )
}

function explain({ code, message }: Failure) {
  if (code === 'wrong_credentials') return { currentPassword: words.wrong }
  if (code === 'weak_password') return { newPassword: message }
  return null
}
