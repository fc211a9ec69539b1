import { verifyEmail } from '@video-meet/protocol'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { toFailure } from '../../lib/failure-text.ts'
import { paths } from '../../lib/paths.ts'
import { useAccount } from '../../store/account-context.tsx'
import { useToast } from '../../store/use-toast.ts'
import { ErrorState } from '../../ui/error-state.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { AuthFrame } from './auth-frame.tsx'
import { BadLink } from './bad-link.tsx'
import { mailToken } from './mail-token.ts'
import { authText } from './text.ts'

const words = authText.verify

/** Confirms a mail address with the token of a letter, by itself. */
export function VerifyPage() {
  const token = mailToken(useLocation().hash)
  const { error, retry } = useVerification(token)
  if (token === null || (error !== null && toFailure(error).code === 'token_invalid'))
    return <BadLink newLink={paths.profile} />
  return (
    <AuthFrame title={words.title}>
      {error === null ? (
        <p role="status" className="flex items-center gap-3 text-soft">
          <Spinner />
          {words.working}
        </p>
      ) : (
        <ErrorState error={error} onRetry={retry} />
      )}
    </AuthFrame>
  )
}

function useVerification(token: string | null): { error: unknown; retry: () => void } {
  const { rest, session } = useAccount()
  const navigate = useNavigate()
  const toast = useToast()
  const [error, setError] = useState<unknown>(null)
  // The token works once: what React mounts twice must not use it twice.
  const used = useRef<string | null>(null)

  const verify = useCallback(async () => {
    if (token === null || used.current === token) return
    used.current = token
    session.signedIn(await rest.call(verifyEmail, { body: { token } }))
    toast(words.done)
    await navigate(paths.dashboard, { replace: true })
  }, [token, rest, session, navigate, toast])

  useEffect(() => {
    verify().catch(setError)
  }, [verify])

  const retry = (): void => {
    used.current = null
    setError(null)
    verify().catch(setError)
  }
  return { error, retry }
}
