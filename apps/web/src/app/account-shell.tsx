import { useEffect } from 'react'
import { Outlet } from 'react-router'
import { account } from '../lib/session.ts'
import { AccountProvider } from '../store/account-context.tsx'
import { AccountToast } from './account-toast.tsx'

/** Around all pages that know an account. It stays while one goes from page to page, and the store with it. */
export function AccountShell() {
  useEffect(() => void account.session.restore(), [])
  return (
    <AccountProvider account={account}>
      <Outlet />
      <AccountToast />
    </AccountProvider>
  )
}
