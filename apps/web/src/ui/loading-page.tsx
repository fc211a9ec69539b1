import { useEffect, useState } from 'react'
import { text } from '../lib/text.ts'
import { Spinner } from './spinner.tsx'

/** Shorter waits than this should not flash anything. */
const QUIET_MS = 300

/** A page that is on its way. */
export function LoadingPage() {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), QUIET_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <main className="flex min-h-dvh items-center justify-center bg-page text-soft">
      <p aria-live="polite" className="flex items-center gap-3">
        {shown ? (
          <>
            <Spinner />
            {text.loading}
          </>
        ) : null}
      </p>
    </main>
  )
}
