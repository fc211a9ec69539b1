import { login } from '@video-meet/protocol'
import { useSearchParams } from 'react-router'
import type { Failure } from '../../lib/failure-text.ts'
import { paths } from '../../lib/paths.ts'
import { useAccount } from '../../store/account-context.tsx'
import { profileApi } from '../../store/api/profile-api.ts'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { PasswordInput, TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { TextLink } from '../../ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { authText } from './text.ts'

const words = authText.login

/** Where one signs in. Whoever is signed in is sent on by the route. */
export function LoginPage() {
  const { rest, session } = useAccount()
  const form = useForm({
    initial: { email: '', password: '' },
    schema: login.body,
    submit: async (body) => session.signedIn(await rest.call(login, { body })),
    explain,
  })
  return (
    <AuthFrame title={words.title} below={<RegisterHint />}>
      <Form form={form}>
        <TextInput
          form={form}
          name="email"
          type="email"
          label={authText.email}
          autoComplete="username"
          autoFocus
        />
        <PasswordInput
          form={form}
          name="password"
          label={authText.password}
          autoComplete="current-password"
        />
        <SubmitButton form={form}>{words.submit}</SubmitButton>
      </Form>
      <TextLink to={paths.forgot} className="mt-3">
        {words.forgot}
      </TextLink>
    </AuthFrame>
  )
}

function RegisterHint() {
  const { data } = profileApi.useServerInfoQuery()
  const [search] = useSearchParams()
  if (data === undefined || (data.signUp !== 'open' && data.hasUsers)) return null
  const query = search.toString()
  return (
    <>
      {words.noAccount}{' '}
      <TextLink to={query === '' ? paths.register : `${paths.register}?${query}`}>{words.register}</TextLink>
    </>
  )
}

function explain({ code }: Failure) {
  if (code === 'wrong_credentials') return { form: words.wrong }
  if (code === 'email_unverified') return { form: words.unverified }
  return null
}
