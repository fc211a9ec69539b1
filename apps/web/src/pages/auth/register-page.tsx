import { register, type ServerInfo } from '@video-meet/protocol'
import { LockKeyhole, ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { useLocation } from 'react-router'
import { browserTaste } from '../../lib/dates.ts'
import type { Failure } from '../../lib/failure-text.ts'
import { paths } from '../../lib/paths.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { useAccount } from '../../store/account-context.tsx'
import { profileApi } from '../../store/api/profile-api.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { PasswordInput, TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { Loaded } from '../../ui/loaded.tsx'
import { MessagePage } from '../../ui/message-page.tsx'
import { TextLink } from '../../ui/text-link.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { LetterSent } from './letter-sent.tsx'
import { authText } from './text.ts'

const words = authText.register

/** Where one creates an account, as far as the server lets one. */
export function RegisterPage() {
  const { hash } = useLocation()
  const query = profileApi.useServerInfoQuery()
  const invitationToken = new URLSearchParams(hash.slice(1)).get('invitation') ?? undefined
  const [sentTo, setSentTo] = useState<string | null>(null)
  if (sentTo !== null)
    return <LetterSent onAgain={() => setSentTo(null)}>{authText.letter.confirm(sentTo)}</LetterSent>
  if (query.data && !isOpen(query.data, invitationToken)) return <Closed signUp={query.data.signUp} />
  return (
    <AuthFrame title={words.title} lead={words.lead} below={<LoginHint />}>
      <Loaded query={query}>
        {(server) => (
          <RegisterForm first={!server.hasUsers} invitationToken={invitationToken} onLetter={setSentTo} />
        )}
      </Loaded>
    </AuthFrame>
  )
}

function isOpen({ signUp, hasUsers }: ServerInfo, invitationToken: string | undefined): boolean {
  return signUp === 'open' || !hasUsers || (signUp === 'invited' && invitationToken !== undefined)
}

interface RegisterFormProps {
  /** Nobody has an account yet. */
  first: boolean
  invitationToken: string | undefined
  onLetter: (address: string) => void
}

function RegisterForm({ first, invitationToken, onLetter }: RegisterFormProps) {
  const { rest, session } = useAccount()
  const form = useForm({
    initial: { name: '', email: '', password: '' },
    schema: register.body,
    toInput: (values) => ({ ...values, ...browserTaste(), invitationToken }),
    submit: async (body) => {
      const answer = await rest.call(register, { body })
      if (answer.status === 'signed_in') session.signedIn(answer)
      else onLetter(body.email)
    },
    explain: ({ code, message }: Failure) => (code === 'weak_password' ? { password: message } : null),
  })
  return (
    <>
      {first ? (
        <p className="mb-5 flex gap-3 rounded-control bg-accent-soft px-4 py-3 text-[0.9375rem] text-accent-text">
          <ShieldCheck aria-hidden className="mt-0.5 size-5 shrink-0" />
          {words.first}
        </p>
      ) : null}
      <Form form={form}>
        <TextInput form={form} name="name" label={authText.name} autoComplete="name" autoFocus />
        <TextInput form={form} name="email" type="email" label={authText.email} autoComplete="username" />
        <PasswordInput
          form={form}
          name="password"
          label={authText.password}
          description={authText.passwordHint}
          autoComplete="new-password"
        />
        <SubmitButton form={form}>{words.submit}</SubmitButton>
      </Form>
    </>
  )
}

function LoginHint() {
  const { search } = useLocation()
  return (
    <>
      {words.haveAccount} <TextLink to={paths.login + search}>{words.signIn}</TextLink>
    </>
  )
}

function Closed({ signUp }: { signUp: ServerInfo['signUp'] }) {
  usePageTitle(words.title)
  const invited = signUp === 'invited'
  return (
    <MessagePage
      icon={LockKeyhole}
      title={invited ? words.invitedTitle : words.closedTitle}
      actions={
        <ButtonLink to={paths.login} look="primary">
          {words.signIn}
        </ButtonLink>
      }
    >
      <p>{invited ? words.invited : words.closed}</p>
    </MessagePage>
  )
}
