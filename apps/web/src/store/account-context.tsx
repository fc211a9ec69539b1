import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { Provider } from 'react-redux'
import type { Account } from '../lib/session.ts'
import { createAccountStore, followAccount } from './account-store.ts'

const AccountContext = createContext<Account | null>(null)

/** Gives the pages below it the session, the REST client and the store that follows them. */
export function AccountProvider({ account, children }: { account: Account; children: ReactNode }) {
  const [store] = useState(() => createAccountStore(account))
  useEffect(() => followAccount(account, store), [account, store])
  return (
    <AccountContext value={account}>
      <Provider store={store}>{children}</Provider>
    </AccountContext>
  )
}

/** The session and the REST client of the person at this browser. */
export function useAccount(): Account {
  const account = useContext(AccountContext)
  if (account === null) throw new Error('useAccount stands outside an AccountProvider')
  return account
}
