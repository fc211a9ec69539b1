import { lazy, Suspense } from 'react'
import { Outlet, Route, Routes } from 'react-router'
import { NotFoundPage } from '../ui/not-found-page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { AppFrame } from './frame/app-frame.tsx'

const DashboardPage = lazy(async () => ({
  default: (await import('./meetings/dashboard-page.tsx')).DashboardPage,
}))
const NewMeetingPage = lazy(async () => ({
  default: (await import('./meetings/meeting-form-pages.tsx')).NewMeetingPage,
}))
const MeetingPages = lazy(async () => ({
  default: (await import('./meetings/meeting-pages.tsx')).MeetingPages,
}))
const ProfilePages = lazy(async () => ({
  default: (await import('./profile/profile-pages.tsx')).ProfilePages,
}))
const TemplatesPage = lazy(async () => ({
  default: (await import('./templates/templates-page.tsx')).TemplatesPage,
}))
const AdminPages = lazy(async () => ({
  default: (await import('./admin/admin-pages.tsx')).AdminPages,
}))

/** THE LIST of pages for people who are signed in, by address below /dashboard. */
export function DashboardPages() {
  return (
    <Routes>
      <Route element={<InFrame />}>
        <Route index element={<DashboardPage />} />
        <Route path="new" element={<NewMeetingPage />} />
        <Route path="meetings/*" element={<MeetingPages />} />
        <Route path="templates" element={<TemplatesPage />} />
        <Route path="profile/*" element={<ProfilePages />} />
        <Route path="admin/*" element={<AdminPages />} />
      </Route>
      <Route path="*" element={<NotFoundPage />} />
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
