import { deleteMe } from '@video-meet/protocol'
import { TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { text } from '../../lib/text.ts'
import { useAccount } from '../../store/account-context.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { PasswordInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { profileText } from './text.ts'

const words = profileText.remove

/** Deletes the own account, after the password was said. */
export function DeleteAccount() {
  const [asking, setAsking] = useState(false)
  return (
    <Card title={words.title} description={words.hint} danger>
      <Button look="danger" onClick={() => setAsking(true)}>
        {words.open}
      </Button>
      {asking ? <DeleteDialog onClose={() => setAsking(false)} /> : null}
    </Card>
  )
}

function DeleteDialog({ onClose }: { onClose: () => void }) {
  const { rest, session } = useAccount()
  const form = useForm({
    initial: { password: '' },
    schema: deleteMe.body,
    submit: async (body) => {
      await rest.call(deleteMe, { body })
      session.ended()
    },
    explain: ({ code }) => (code === 'wrong_credentials' ? { password: words.wrong } : null),
  })
  return (
    <Dialog holdsForm title={words.dialogTitle} onClose={onClose}>
      <Form form={form}>
        <p className="flex gap-3 rounded-control bg-danger-soft px-4 py-3 text-[0.9375rem] text-danger-text">
          <TriangleAlert aria-hidden className="mt-0.5 size-5 shrink-0" />
          {words.body}
        </p>
        <PasswordInput
          form={form}
          name="password"
          label={words.password}
          autoComplete="current-password"
          autoFocus
        />
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="secondary" onClick={onClose}>
            {text.cancel}
          </Button>
          <SubmitButton form={form} look="danger">
            {words.submit}
          </SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
