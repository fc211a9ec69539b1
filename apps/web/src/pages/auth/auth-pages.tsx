import type { ReactNode } from 'react'
import { Navigate, Route, Routes, useSearchParams } from 'react-router'
import { pathAfterLogin, paths } from '../../lib/paths.ts'
import { useAccountSelector } from '../../store/account-store.ts'
import { NotFoundPage } from '../../ui/not-found-page.tsx'
import { ForgotPage } from './forgot-page.tsx'
import { LoginPage } from './login-page.tsx'
import { RegisterPage } from './register-page.tsx'
import { ResetPage } from './reset-page.tsx'
import { VerifyPage } from './verify-page.tsx'

/** The pages on which one gets in. */
export function AuthPages() {
  return (
    <Routes>
      <Route index element={<Navigate to={paths.login} replace />} />
      <Route
        path="login"
        element={
          <ForStrangers>
            <LoginPage />
          </ForStrangers>
        }
      />
      <Route
        path="register"
        element={
          <ForStrangers>
            <RegisterPage />
          </ForStrangers>
        }
      />
      <Route path="forgot" element={<ForgotPage />} />
      <Route path="reset" element={<ResetPage />} />
      <Route path="verify" element={<VerifyPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}

/** Sends on who is signed in, which is how signing in ends as well. */
function ForStrangers({ children }: { children: ReactNode }) {
  const signedIn = useAccountSelector(({ auth }) => auth.status === 'signedIn')
  const [search] = useSearchParams()
  return signedIn ? <Navigate to={pathAfterLogin(search)} replace /> : children
}
