import { Suspense } from 'react'
import { Outlet, Route, Routes } from 'react-router'
import { NotFoundPage } from '../ui/not-found-page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AppFrame } from './frame/app-frame.tsx'

/** THE LIST of pages for people who are signed in, by address below /dashboard. */
export function DashboardPages() {
  return (
    <Routes>
      <Route element={<InFrame />}>
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}

function InFrame() {
  return (
    <AppFrame>
      <Suspense fallback={<Skeleton />}>
        <Outlet />
      </Suspense>
    </AppFrame>
  )
}
