import { lazy } from 'react'
import { Route } from 'react-router'

const AccountShell = lazy(async () => ({ default: (await import('./account-shell.tsx')).AccountShell }))
const RequireUser = lazy(async () => ({ default: (await import('./require-user.tsx')).RequireUser }))
const AuthPages = lazy(async () => ({
  default: (await import('../pages/auth/auth-pages.tsx')).AuthPages,
}))
const InvitationPage = lazy(async () => ({
  default: (await import('../pages/invitation/invitation-page.tsx')).InvitationPage,
}))
const DashboardPages = lazy(async () => ({
  default: (await import('../dashboard/dashboard-pages.tsx')).DashboardPages,
}))

/** The pages that know an account; whoever only joins a call loads none of them. */
export const accountPages = (
  <Route element={<AccountShell />}>
    <Route path="/auth/*" element={<AuthPages />} />
    <Route path="/invitation" element={<InvitationPage />} />
    <Route element={<RequireUser />}>
      <Route path="/dashboard/*" element={<DashboardPages />} />
    </Route>
  </Route>
)
