import { isLoadFailure } from '@video-meet/client/browser'
import { type ComponentType, lazy, Suspense } from 'react'
import { thrownText } from '../lib/failure-text.ts'
import { text } from '../lib/text.ts'
import { Button } from '../ui/button.tsx'
import { LoadingPage } from '../ui/loading-page.tsx'
import { PageFrame } from '../ui/page-frame.tsx'

/** Whoever gets in needs these after the call only. */
export const loadOuterPages = () => import('./outer-pages.ts')
type Pages = Awaited<ReturnType<typeof loadOuterPages>>

export const ProblemPage = lazyPage((pages) => pages.ProblemPage)
export const AfterCallScreen = lazyPage((pages) => pages.AfterCallScreen)

function lazyPage<Props extends object>(pick: (pages: Pages) => ComponentType<Props>) {
  const Page = lazy<ComponentType<Props>>(() =>
    loadOuterPages().then(
      (pages) => ({ default: pick(pages) }),
      (error: unknown) => ({ default: () => <FailedPage error={error} /> }),
    ),
  )
  // A boundary of its own: what was there before is gone at once, and the camera with it.
  return (props: Props) => (
    <Suspense fallback={<LoadingPage />}>
      <Page {...props} />
    </Suspense>
  )
}

/** Stands in for a page that couldn't be loaded, or whose code failed. */
export function FailedPage({ error }: { error: unknown }) {
  return (
    <PageFrame centred>
      <h1 className="text-2xl font-semibold tracking-tight">
        {isLoadFailure(error) ? text.unreachableTitle : text.appFailedTitle}
      </h1>
      <p role="alert" className="mt-3 mb-8 text-center text-soft">
        {thrownText(error)}
      </p>
      <Button onClick={() => location.reload()}>{text.tryAgain}</Button>
    </PageFrame>
  )
}
