import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useFocusOnMount } from '../lib/use-focus-on-mount.ts'
import { PageFrame } from './page-frame.tsx'

interface MessagePageProps {
  icon: LucideIcon
  title: string
  children: ReactNode
  /** Buttons: what the person can do now. */
  actions: ReactNode
}

/** A full page that says one thing and offers what to do about it. */
export function MessagePage({ icon: Icon, title, children, actions }: MessagePageProps) {
  const heading = useFocusOnMount<HTMLHeadingElement>()
  return (
    <PageFrame centred>
      <section className="flex w-full max-w-md animate-rise flex-col items-center text-center">
        <span className="mb-6 inline-flex size-16 items-center justify-center rounded-full bg-accent-soft text-accent-text">
          <Icon aria-hidden className="size-7" />
        </span>
        <h1
          ref={heading}
          tabIndex={-1}
          className="outline-none text-2xl font-semibold tracking-tight text-balance sm:text-3xl"
        >
          {title}
        </h1>
        <div className="mt-3 text-base leading-relaxed text-pretty text-soft">{children}</div>
        <div className="mt-8 flex w-full flex-wrap justify-center gap-3 max-sm:flex-col">{actions}</div>
      </section>
    </PageFrame>
  )
}
