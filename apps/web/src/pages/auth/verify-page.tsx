import { verifyEmail } from '@video-meet/protocol'
import { useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { toFailure } from '../../lib/failure-text.ts'
import { paths } from '../../lib/paths.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useToast } from '../../store/use-toast.ts'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { PasswordInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { AuthFrame } from './auth-frame.tsx'
import { BadLink } from './bad-link.tsx'
import { mailToken } from './mail-token.ts'
import { authText } from './text.ts'

const words = authText.verify

/**
 * Confirms an email address with the token from an email. Whoever confirms also sets the password, as somebody else may
 * have registered the address.
 */
export function VerifyPage() {
  const token = mailToken(useLocation().hash)
  const { rest, session } = useAccount()
  const navigate = useNavigate()
  const toast = useToast()
  const [refused, setRefused] = useState(false)

  const form = useForm({
    initial: { password: '' },
    schema: verifyEmail.body,
    toInput: ({ password }) => ({ token, password }),
    submit: async (body) => {
      try {
        session.signedIn(await rest.call(verifyEmail, { body }))
      } catch (error) {
        if (toFailure(error).code !== 'token_invalid') throw error
        setRefused(true)
        return
      }
      toast(words.done)
      await navigate(paths.dashboard, { replace: true })
    },
    explain: ({ code, message }) => (code === 'weak_password' ? { password: message } : null),
  })
  if (refused || token === null) return <BadLink newLink={paths.login} />
  return (
    <AuthFrame title={words.title} lead={words.lead}>
      <Form form={form}>
        <PasswordInput
          form={form}
          name="password"
          label={authText.password}
          description={authText.passwordHint}
          autoComplete="new-password"
          autoFocus
        />
        <SubmitButton form={form}>{words.submit}</SubmitButton>
      </Form>
    </AuthFrame>
  )
}
