import { configureStore } from '@reduxjs/toolkit'
import { setupListeners } from '@reduxjs/toolkit/query'
import { useDispatch, useSelector } from 'react-redux'
import type { Account } from '../lib/session.ts'
import { api } from './api/api.ts'
import { authChanged, authSlice } from './auth-slice.ts'
import { toastSlice } from './toast-slice.ts'

/**
 * The store of the pages around an account. It is not the meeting's: whoever opens a meeting's link does not wait for
 * RTK Query.
 */
export function createAccountStore(account: Account) {
  const store = configureStore({
    reducer: {
      auth: authSlice.reducer,
      toast: toastSlice.reducer,
      [api.reducerPath]: api.reducer,
    },
    middleware: (defaults) =>
      defaults({ thunk: { extraArgument: account satisfies Account } }).concat(api.middleware),
  })
  store.dispatch(authChanged(account.session.state.get()))
  return store
}

export type AccountStore = ReturnType<typeof createAccountStore>
export type AccountState = ReturnType<AccountStore['getState']>

export const useAccountDispatch = useDispatch.withTypes<AccountStore['dispatch']>()
export const useAccountSelector = useSelector.withTypes<AccountState>()

/**
 * Copies who is signed in into the store, forgets what was loaded for somebody else, and loads again what is shown when
 * the network comes back.
 *
 * @returns stops that
 */
export function followAccount({ session }: Account, store: AccountStore): () => void {
  const copy = () => {
    const before = userIdOf(store.getState().auth)
    const now = session.state.get()
    store.dispatch(authChanged(now))
    if (before !== undefined && before !== userIdOf(now)) store.dispatch(api.util.resetApiState())
  }
  copy()
  const undo = [session.state.subscribe(copy), setupListeners(store.dispatch)]
  return () => {
    for (const stop of undo) stop()
  }
}

function userIdOf(auth: AccountState['auth']): string | undefined {
  return auth.status === 'signedIn' ? auth.user.id : undefined
}
