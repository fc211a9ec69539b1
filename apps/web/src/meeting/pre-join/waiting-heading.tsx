import { useEffect } from 'react'
import { PRODUCT_NAME } from '../../lib/text.ts'
import { useFocusOnMount } from '../../lib/use-focus-on-mount.ts'

/** For what the person waits: the heading, where the focus goes, and the name of the tab. */
export function WaitingHeading({ children }: { children: string }) {
  const heading = useFocusOnMount<HTMLHeadingElement>()
  useEffect(() => {
    const before = document.title
    document.title = `${children} · ${PRODUCT_NAME}`
    return () => {
      document.title = before
    }
  }, [children])
  return (
    <h1
      ref={heading}
      tabIndex={-1}
      className="text-2xl leading-tight font-semibold tracking-tight text-balance outline-none"
    >
      {children}
    </h1>
  )
}
