import { lazy, Suspense, useState } from 'react'
import { Provider } from 'react-redux'
import { BrowserRouter, Route, Routes } from 'react-router'
import { LandingPage } from '../pages/landing-page.tsx'
import { NotFoundPage } from '../pages/not-found-page.tsx'
import { createAppStore } from '../store/store.ts'
import { LoadingPage } from '../ui/loading-page.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { loadMeetingScreen } from './load-meeting-screen.ts'

const MeetingScreen = lazy(loadMeetingScreen)

/** The whole app: store, routes, and the net under them. */
export function App() {
  const [store] = useState(createAppStore)
  return (
    <ErrorBoundary>
      <Provider store={store}>
        <BrowserRouter>
          <Suspense fallback={<LoadingPage />}>
            <Routes>
              <Route path="/" element={<LandingPage onMeetingLikely={prefetchMeetingScreen} />} />
              <Route path="/meeting/:code" element={<MeetingScreen />} />
              <Route path="*" element={<NotFoundPage />} />
            </Routes>
          </Suspense>
        </BrowserRouter>
      </Provider>
    </ErrorBoundary>
  )
}

function prefetchMeetingScreen(): void {
  // Only a head start: if it fails, going to the meeting loads again and shows what is wrong.
  loadMeetingScreen().catch(() => undefined)
}
