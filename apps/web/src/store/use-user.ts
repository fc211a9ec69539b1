import type { User } from '@video-meet/protocol'
import { useAccountSelector } from './account-store.ts'

/** Who is signed in. Only for pages behind `RequireUser`. */
export function useUser(): User {
  const auth = useAccountSelector((state) => state.auth)
  if (auth.status !== 'signedIn') throw new Error('useUser stands outside RequireUser')
  return auth.user
}
