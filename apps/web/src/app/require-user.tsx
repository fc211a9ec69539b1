import { CloudOff } from 'lucide-react'
import { Navigate, Outlet, useLocation } from 'react-router'
import { failureText } from '../lib/failure-text.ts'
import { loginPath } from '../lib/paths.ts'
import { text } from '../lib/text.ts'
import { useAccount } from '../store/account-context.tsx'
import { useAccountSelector } from '../store/account-store.ts'
import { Button } from '../ui/button.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { MessagePage } from '../ui/message-page.tsx'

/** Shows the pages below it to whoever is signed in; others sign in first and come back. */
export function RequireUser() {
  const auth = useAccountSelector((state) => state.auth)
  const { pathname, search, hash } = useLocation()
  if (auth.status === 'signedIn') return <Outlet />
  if (auth.status === 'signedOut') return <Navigate to={loginPath(pathname + search + hash)} replace />
  return auth.failure === null ? <LoadingPage /> : <SessionUnknown failure={auth.failure} />
}

/** The server could not be asked who is signed in, which is no reason to sign in again. */
function SessionUnknown({ failure }: { failure: string }) {
  const { session } = useAccount()
  const words = failureText({ code: failure, message: text.somethingWrong })
  return (
    <MessagePage
      icon={CloudOff}
      title={words === text.serverUnreachable ? text.unreachableTitle : text.appFailedTitle}
      actions={<Button onClick={() => void session.restore()}>{text.tryAgain}</Button>}
    >
      <p>{words}</p>
    </MessagePage>
  )
}
