import { TriangleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { text } from '../lib/text.ts'
import { Button } from '../ui/button.tsx'

/** Shown instead of a blank page when the app itself fails. Stands outside the router, so that it cannot fail with it. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children
    return (
      <main className="safe-x flex min-h-dvh flex-col items-center justify-center bg-page text-center text-ink">
        <TriangleAlert aria-hidden className="mb-5 size-10 text-danger-text" />
        <h1 className="text-2xl font-semibold tracking-tight">{text.appFailedTitle}</h1>
        <p className="mt-3 max-w-md text-soft">{text.appFailed}</p>
        <Button className="mt-7" onClick={() => location.reload()}>
          {text.reload}
        </Button>
      </main>
    )
  }
}
