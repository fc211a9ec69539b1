import { lazy, Suspense } from 'react'
import { BrowserRouter, Route, Routes } from 'react-router'
import { paths } from '../lib/paths.ts'
import { Boundary } from '../ui/boundary.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { NotFoundPage } from '../ui/not-found-page.tsx'
import { accountPages } from './account-pages.tsx'
import { CrashPage } from './crash-page.tsx'
import { loadMeetingScreen } from './load-meeting-screen.ts'

const MeetingScreen = lazy(loadMeetingScreen)
// Whoever follows a link to a meeting does without it.
const LandingPage = lazy(async () => ({
  default: (await import('../pages/landing-page.tsx')).LandingPage,
}))
const TestPage = lazy(async () => ({ default: (await import('../pages/test/test-page.tsx')).TestPage }))

/** The whole app: routes and the net under them. */
export function App() {
  return (
    <Boundary fallback={<CrashPage />}>
      <BrowserRouter>
        <Suspense fallback={<LoadingPage />}>
          <Routes>
            <Route path="/" element={<LandingPage onMeetingLikely={prefetchMeetingScreen} />} />
            <Route path="/meeting/:code" element={<MeetingScreen />} />
            <Route path={paths.test} element={<TestPage />} />
            {accountPages}
            <Route path="*" element={<NotFoundPage />} />
          </Routes>
        </Suspense>
      </BrowserRouter>
    </Boundary>
  )
}

function prefetchMeetingScreen(): void {
  // Only a head start: if it fails, going to the meeting loads again and shows what is wrong.
  loadMeetingScreen().catch(() => undefined)
}
