import { ExternalLink } from 'lucide-react'
import type { Ref } from 'react'
import { paths } from '../../lib/paths.ts'
import { testLinkText } from './link-text.ts'

interface TestLinkProps {
  label?: string
  ref?: Ref<HTMLAnchorElement>
}

/** Leads to the test of a connection, beside what is open: neither a call nor the door of one is left for it. */
export function TestLink({ label = testLinkText.test, ref }: TestLinkProps) {
  return (
    <a
      ref={ref}
      href={paths.test}
      target="_blank"
      rel="noopener"
      className="inline-flex min-h-11 items-center gap-1.5 rounded-control font-medium text-accent-text underline decoration-accent/40 underline-offset-4 hover:decoration-current"
    >
      {label}
      <ExternalLink aria-hidden className="size-4" />
      <span className="sr-only">{testLinkText.newTab}</span>
    </a>
  )
}
