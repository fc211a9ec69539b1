import { TriangleAlert } from 'lucide-react'
import { text } from '../lib/text.ts'
import { Button } from '../ui/button.tsx'

/** Shown instead of a blank page when the app itself fails. It stands outside the router, which may have failed too. */
export function CrashPage() {
  return (
    <main className="safe-x flex min-h-dvh flex-col items-center justify-center bg-page text-center text-ink">
      <TriangleAlert aria-hidden className="mb-5 size-10 text-danger-text" />
      <h1 className="text-2xl font-semibold tracking-tight">{text.appFailedTitle}</h1>
      <p className="mt-3 max-w-md text-soft">{text.appFailed}</p>
      <div className="mt-7 flex flex-wrap justify-center gap-3">
        <Button onClick={() => location.reload()}>{text.reload}</Button>
        {/* A reload may fail the same way again: the start page is the way out. */}
        <Button look="secondary" onClick={() => location.assign('/')}>
          {text.backToStart}
        </Button>
      </div>
    </main>
  )
}
