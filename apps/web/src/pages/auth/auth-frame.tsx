import type { ReactNode } from 'react'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { OfflineBanner } from '../../ui/offline-banner.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'

interface AuthFrameProps {
  title: string
  lead?: ReactNode
  children: ReactNode
  /** Below the card: where else one could go. */
  below?: ReactNode
}

/** A card with a form in the middle of the page. */
export function AuthFrame({ title, lead, children, below }: AuthFrameProps) {
  usePageTitle(title)
  return (
    <>
      <OfflineBanner />
      <PageFrame centred>
        <section className="w-full max-w-md animate-rise rounded-card border border-line bg-surface p-6 shadow-low sm:p-8">
          <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
          {lead ? <p className="mt-2 text-[0.9375rem] text-pretty text-soft">{lead}</p> : null}
          <div className="mt-6">{children}</div>
        </section>
        {below ? <p className="mt-5 text-center text-[0.9375rem] text-soft">{below}</p> : null}
      </PageFrame>
    </>
  )
}
