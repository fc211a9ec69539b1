import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'
import { Wordmark } from './wordmark.tsx'

interface PageFrameProps {
  children: ReactNode
  centred?: boolean
  /** Across from the wordmark. */
  aside?: ReactNode
}

/** A page outside the room: the wordmark on top, the content below it. */
export function PageFrame({ children, centred = false, aside }: PageFrameProps) {
  return (
    <div className="safe-x flex min-h-dvh flex-col bg-page text-ink">
      <header className="mx-auto flex w-full max-w-6xl items-center justify-between gap-4 py-4 sm:py-6">
        <Wordmark />
        {aside}
      </header>
      <main
        className={classNames(
          'mx-auto flex w-full max-w-6xl flex-1 flex-col pb-10',
          centred && 'items-center justify-center pb-24',
        )}
      >
        {children}
      </main>
    </div>
  )
}
