import { useEffect } from 'react'
import { Outlet } from 'react-router'
import { account } from '../lib/session.ts'
import { SignInConfirmation, withConfirmation } from '../lib/sign-in-confirmation.ts'
import { AccountProvider } from '../store/account-context.tsx'
import { AccountToast } from './account-toast.tsx'
import { ConfirmSignIn } from './confirm-sign-in.tsx'

const confirmation = new SignInConfirmation()
const confirmedAccount = { ...account, rest: withConfirmation(account.rest, confirmation) }

/** Around all pages that know an account. It stays while one goes from page to page, and the store with it. */
export function AccountShell() {
  useEffect(() => void account.session.restore(), [])
  return (
    <AccountProvider account={confirmedAccount}>
      <Outlet />
      <ConfirmSignIn confirmation={confirmation} />
      <AccountToast />
    </AccountProvider>
  )
}
