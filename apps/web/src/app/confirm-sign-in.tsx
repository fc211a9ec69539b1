import { confirmSignIn } from '@video-meet/protocol'
import { useSyncExternalStore } from 'react'
import type { SignInConfirmation } from '../lib/sign-in-confirmation.ts'
import { text } from '../lib/text.ts'
import { useAccount } from '../store/account-context.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Form, SubmitButton } from '../ui/form/form.tsx'
import { PasswordInput } from '../ui/form/text-inputs.tsx'
import { useForm } from '../ui/form/use-form.ts'

const words = text.confirmSignIn

/** Asks for the password while an operation waits for a recent sign-in. */
export function ConfirmSignIn({ confirmation }: { confirmation: SignInConfirmation }) {
  const isAsking = useSyncExternalStore(confirmation.subscribe, confirmation.isAsking)
  return isAsking ? <ConfirmDialog onSettled={(confirmed) => confirmation.settle(confirmed)} /> : null
}

function ConfirmDialog({ onSettled }: { onSettled: (confirmed: boolean) => void }) {
  const { rest } = useAccount()
  const form = useForm({
    initial: { password: '' },
    schema: confirmSignIn.body,
    submit: async (body) => {
      await rest.call(confirmSignIn, { body })
      onSettled(true)
    },
    explain: ({ code }) => (code === 'wrong_credentials' ? { password: words.wrong } : null),
  })
  return (
    <Dialog holdsForm title={words.title} onClose={() => onSettled(false)}>
      <Form form={form}>
        <p className="text-[0.9375rem] text-soft">{words.why}</p>
        <PasswordInput
          form={form}
          name="password"
          label={words.password}
          autoComplete="current-password"
          autoFocus
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="secondary" onClick={() => onSettled(false)}>
            {text.cancel}
          </Button>
          <SubmitButton form={form}>{words.submit}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
