import type { ManagedUser } from '@video-meet/protocol'
import { Ellipsis, ShieldCheck, Trash2, UserCheck, UserRound, UserX } from 'lucide-react'
import { useState } from 'react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { adminApi } from '../../store/api/admin-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { MenuItem } from '../../ui/menu-item.tsx'
import { Menu } from '../../ui/menu.tsx'
import { adminText } from './text.ts'

const words = adminText.users
type Question = 'promote' | 'disable' | 'remove'

/** What an administrator can do to an account; to their own, nothing: that is what the profile is for. */
export function UserActions({ user }: { user: ManagedUser }) {
  const me = useUser()
  const [question, setQuestion] = useState<Question | null>(null)
  const change = useChange(user)
  const disabled = user.state === 'disabled'
  if (user.id === me.id) return null
  return (
    <div className="flex justify-end">
      <Menu
        label={words.actionsOf(user.name)}
        trigger={<Ellipsis aria-hidden className="size-5" />}
        triggerClassName="inline-flex size-11 items-center justify-center rounded-control text-soft hover:bg-control hover:text-ink"
      >
        {user.role === 'user' ? (
          <MenuItem icon={ShieldCheck} onSelect={() => setQuestion('promote')}>
            {words.makeAdministrator}
          </MenuItem>
        ) : (
          <MenuItem icon={UserRound} onSelect={() => change.now({ role: 'user' })}>
            {words.makeUser}
          </MenuItem>
        )}
        {disabled ? (
          <MenuItem icon={UserCheck} onSelect={() => change.now({ state: 'active' })}>
            {words.enable}
          </MenuItem>
        ) : (
          <MenuItem icon={UserX} onSelect={() => setQuestion('disable')}>
            {words.disable}
          </MenuItem>
        )}
        <MenuItem icon={Trash2} danger onSelect={() => setQuestion('remove')}>
          {words.remove}
        </MenuItem>
      </Menu>
      {question === null ? null : (
        <Confirmation user={user} question={question} change={change} onClose={() => setQuestion(null)} />
      )}
    </div>
  )
}

interface ConfirmationProps {
  user: ManagedUser
  question: Question
  change: ReturnType<typeof useChange>
  onClose: () => void
}

function Confirmation({ user, question, change, onClose }: ConfirmationProps) {
  const [remove] = adminApi.useDeleteUserMutation()
  const asked = {
    promote: {
      title: words.promoteTitle(user.name),
      body: words.promoteBody,
      action: words.promoteAction,
      act: () => change.asked({ role: 'administrator' }),
    },
    disable: {
      title: words.disableTitle(user.name),
      body: words.disableBody,
      action: words.disableAction,
      act: () => change.asked({ state: 'disabled' }),
    },
    remove: {
      title: words.removeTitle(user.name),
      body: words.removeBody,
      action: words.removeAction,
      act: () => remove({ params: { id: user.id } }).unwrap(),
    },
  }[question]
  return (
    <ConfirmDialog title={asked.title} action={asked.action} onConfirm={asked.act} onClose={onClose}>
      {asked.body}
    </ConfirmDialog>
  )
}

type Change = Partial<Pick<ManagedUser, 'role' | 'state'>>

function useChange(user: ManagedUser) {
  const [update] = adminApi.useUpdateUserMutation()
  const toast = useToast()

  async function asked(body: Change): Promise<void> {
    await update({ params: { id: user.id }, body }).unwrap()
    toast(words.changed(user.name))
  }

  return {
    /** Throws, for a dialog to tell. */
    asked,
    now: (body: Change): void => {
      asked(body).catch((error: unknown) => toast(failureText(toFailure(error)), 'error'))
    },
  }
}
