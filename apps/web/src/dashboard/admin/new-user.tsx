import { createUser } from '@video-meet/protocol'
import { UserPlus } from 'lucide-react'
import { useState } from 'react'
import { text } from '../../lib/text.ts'
import { adminApi } from '../../store/api/admin-api.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { useOnce } from '../../store/use-once.ts'
import { useToast } from '../../store/use-toast.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/form/choices.tsx'
import { Form, SubmitButton } from '../../ui/form/form.tsx'
import { TextInput } from '../../ui/form/text-inputs.tsx'
import { useForm } from '../../ui/form/use-form.ts'
import { adminText } from './text.ts'

const words = adminText.newUser
const ROLES = Object.entries(adminText.users.roles).map(([value, label]) => ({ value, label }))

/** The button that makes an account for somebody, and what it opens. */
export function NewUser() {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <UserPlus aria-hidden className="size-5" />
        {adminText.users.create}
      </Button>
      {open ? <NewUserDialog onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function NewUserDialog({ onClose }: { onClose: () => void }) {
  const toast = useToast()
  const [create] = adminApi.useCreateUserMutation()
  const { data: server } = profileApi.useServerInfoQuery()
  const once = useOnce()
  const form = useForm({
    initial: { name: '', email: '', role: 'user' },
    schema: createUser.body,
    submit: async (body) => {
      await once(body, (idempotencyKey) => create({ body, options: { idempotencyKey } }).unwrap())
      toast(server?.mail === 'outbox' ? words.createdOutbox(body.email) : words.created(body.email))
      onClose()
    },
    explain: ({ code, message }) => (code === 'conflict' ? { email: message } : null),
  })
  return (
    <Dialog holdsForm title={words.title} onClose={onClose}>
      <Form form={form}>
        <p className="text-[0.9375rem] text-soft">{words.lead}</p>
        <TextInput form={form} name="name" label={words.name} autoComplete="off" autoFocus />
        <TextInput form={form} name="email" type="email" label={words.email} autoComplete="off" />
        <Select form={form} name="role" label={words.role} choices={ROLES} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button look="secondary" onClick={onClose}>
            {text.cancel}
          </Button>
          <SubmitButton form={form}>{words.submit}</SubmitButton>
        </div>
      </Form>
    </Dialog>
  )
}
