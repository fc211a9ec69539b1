import { ConnectionTest } from '../../features/connection-test/connection-test.tsx'
import { testText } from '../../features/connection-test/text.ts'
import { PageFrame } from '../../ui/page-frame.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'

/** A page of its own for who wants to know beforehand, or is asked to by who helps. */
export function TestPage() {
  return (
    <PageFrame>
      <div className="mx-auto grid w-full max-w-2xl gap-6 py-6">
        <PageHeading title={testText.title} description={testText.lead} />
        <ConnectionTest />
      </div>
    </PageFrame>
  )
}
