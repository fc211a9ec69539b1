import type { ReactNode } from 'react'
import { useFocusOnMount } from '../lib/use-focus-on-mount.ts'
import { usePageTitle } from '../lib/use-page-title.ts'

interface PageHeadingProps {
  title: string
  /** Name of the browser's tab, where it is not the heading. */
  pageTitle?: string
  description?: ReactNode
  /** To the right: what one mostly does on this page. */
  action?: ReactNode
}

/** The heading of a page. Names the browser's tab and takes the focus when the page appears. */
export function PageHeading({ title, pageTitle = title, description, action }: PageHeadingProps) {
  const heading = useFocusOnMount<HTMLHeadingElement>()
  usePageTitle(pageTitle)
  return (
    <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-4">
      <div className="min-w-0">
        <h1
          ref={heading}
          tabIndex={-1}
          className="text-2xl font-semibold tracking-tight text-balance outline-none sm:text-3xl"
        >
          {title}
        </h1>
        {description ? <p className="mt-1.5 max-w-2xl text-pretty text-soft">{description}</p> : null}
      </div>
      {action}
    </div>
  )
}
