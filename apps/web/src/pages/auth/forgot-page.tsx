import { requestPasswordReset } from '@video-meet/protocol'
import { useState } from 'react'
import { paths } from '../../lib/paths.ts'
import { useAccount } from '../../store/account-context.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { LetterSent } from './letter-sent.tsx'
import { authText } from './text.ts'

const words = authText.forgot

/** Asks for the letter with which one sets a new password. */
export function ForgotPage() {
  const { rest } = useAccount()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const form = useForm({
    initial: { email: '' },
    schema: requestPasswordReset.body,
    submit: async (body) => {
      await rest.call(requestPasswordReset, { body })
      setSentTo(body.email)
    },
  })
  if (sentTo !== null)
    return <LetterSent onAgain={() => setSentTo(null)}>{authText.letter.reset(sentTo)}</LetterSent>
  return (
    <AuthFrame
      title={words.title}
      lead={words.lead}
      below={<TextLink to={paths.login}>{authText.letter.back}</TextLink>}
    >
      <Form form={form}>
        <TextInput
          form={form}
          name="email"
          type="email"
          label={authText.email}
          autoComplete="username"
          autoFocus
        />
        <SubmitButton form={form}>{words.submit}</SubmitButton>
      </Form>
    </AuthFrame>
  )
}
