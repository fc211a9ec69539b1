import { createApiToken, TokenScope } from '@video-meet/protocol'
import { useState } from 'react'
import { copyText } from '../../lib/copy-text.ts'
import { text } from '../../lib/text.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useAccountDispatch } from '../../store/account-store.ts'
import { api } from '../../store/api/api.ts'
import { useUser } from '../../store/use-user.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Checkboxes, Select } from '../../ui/form/choices.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { profileText } from './text.ts'

const words = profileText.tokens
const DAYS = [30, 90, 365]
const EXPIRY = DAYS.map((days) => ({ value: String(days), label: words.expiresDays(days) }))
const DAY_MS = 86_400_000

/** Makes a token and shows it once. */
export function NewTokenDialog({ onClose }: { onClose: () => void }) {
  const [token, setToken] = useState<string | null>(null)
  return (
    <Dialog holdsForm title={token === null ? words.create : words.madeTitle} onClose={onClose}>
      {token === null ? (
        <TokenForm onMade={setToken} onCancel={onClose} />
      ) : (
        <MadeToken token={token} onDone={onClose} />
      )}
    </Dialog>
  )
}

interface TokenFormProps {
  onMade: (token: string) => void
  onCancel: () => void
}

function TokenForm({ onMade, onCancel }: TokenFormProps) {
  const { role } = useUser()
  const { rest } = useAccount()
  const dispatch = useAccountDispatch()
  const form = useForm({
    initial: { name: '', scopes: ['meetings:read'] as readonly string[], expiresInDays: '90' },
    schema: createApiToken.body,
    toInput: ({ expiresInDays, ...values }) => ({
      ...values,
      expiresAt: new Date(Date.now() + Number(expiresInDays) * DAY_MS).toISOString(),
    }),
    submit: async (body) => {
      // Past the store: a secret has no place in it.
      const made = await rest.call(createApiToken, { body })
      dispatch(api.util.invalidateTags(['ApiToken']))
      onMade(made.token)
    },
  })
  const scopes = TokenScope.options
    .filter((scope) => role === 'administrator' || !scope.startsWith('users:'))
    .map((scope) => ({ value: scope, label: profileText.scopes[scope] }))
  return (
    <Form form={form}>
      <TextInput form={form} name="name" label={words.name} autoComplete="off" autoFocus />
      <Checkboxes form={form} name="scopes" label={words.scopes} choices={scopes} />
      <Select form={form} name="expiresInDays" label={words.expires} choices={EXPIRY} />
      <div className="flex flex-wrap justify-end gap-3">
        <Button look="secondary" onClick={onCancel}>
          {text.cancel}
        </Button>
        <SubmitButton form={form}>{words.submit}</SubmitButton>
      </div>
    </Form>
  )
}

function MadeToken({ token, onDone }: { token: string; onDone: () => void }) {
  const [said, setSaid] = useState<string | null>(null)

  async function copy(): Promise<void> {
    setSaid((await copyText(token)) ? words.copied : words.notCopied)
  }

  return (
    <>
      <p className="text-[0.9375rem] text-soft">{words.made}</p>
      <output
        aria-label={words.token}
        className="mt-4 block rounded-control bg-sunken px-3.5 py-3 font-mono text-sm break-all select-all"
      >
        {token}
      </output>
      <div className="mt-5 flex flex-wrap items-center justify-end gap-3">
        <p role="status" className="text-sm text-soft">
          {said}
        </p>
        <Button look="secondary" onClick={() => void copy()}>
          {words.copy}
        </Button>
        <Button onClick={onDone}>{words.done}</Button>
      </div>
    </>
  )
}
