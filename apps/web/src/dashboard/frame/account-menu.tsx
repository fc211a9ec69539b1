import { Activity, LayoutTemplate, LogOut, ShieldCheck, UserRound } from 'lucide-react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { paths } from '../../lib/paths.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { MenuItem } from '../../ui/menu-item.tsx'
import { Menu } from '../../ui/menu.tsx'
import { UserPicture } from '../../ui/user-picture.tsx'
import { frameText } from '../text.ts'

/** What concerns the person themselves. */
export function AccountMenu() {
  const user = useUser()
  const { session } = useAccount()
  const toast = useToast()

  function signOut(): void {
    session.signOut().catch((error: unknown) => toast(failureText(toFailure(error)), 'error'))
  }

  return (
    <Menu
      label={frameText.account(user.name)}
      trigger={<UserPicture name={user.name} avatar={user.avatar} className="size-9 text-[0.8125rem]" />}
      triggerClassName="inline-flex size-11 items-center justify-center rounded-full hover:bg-control"
    >
      <div role="presentation" className="border-b border-line px-3 pt-2 pb-3">
        <p dir="auto" className="max-w-60 truncate font-semibold">
          {user.name}
        </p>
        <p className="max-w-60 truncate text-sm text-soft">{user.email}</p>
      </div>
      <MenuItem icon={UserRound} to={paths.profile}>
        {frameText.profile}
      </MenuItem>
      <MenuItem icon={LayoutTemplate} to={paths.templates}>
        {frameText.templates}
      </MenuItem>
      <MenuItem icon={Activity} to={paths.test}>
        {frameText.test}
      </MenuItem>
      {user.role === 'administrator' ? (
        <MenuItem icon={ShieldCheck} to={paths.admin}>
          {frameText.administration}
        </MenuItem>
      ) : null}
      <MenuItem icon={LogOut} onSelect={signOut}>
        {frameText.signOut}
      </MenuItem>
    </Menu>
  )
}
