import { text } from '../lib/text.ts'
import { Button } from './button.tsx'
import { Spinner } from './spinner.tsx'

interface MoreButtonProps {
  /** An infinite query of RTK Query. */
  query: {
    readonly hasNextPage: boolean
    readonly isFetchingNextPage: boolean
    readonly isFetchNextPageError: boolean
    readonly fetchNextPage: () => unknown
  }
}

/** Shows the next page of a list below the ones before; nothing when there is none. */
export function MoreButton({ query }: MoreButtonProps) {
  if (!query.hasNextPage) return null
  const busy = query.isFetchingNextPage
  return (
    <div className="flex flex-col items-center gap-2">
      <Button
        look="secondary"
        aria-disabled={busy}
        onClick={() => {
          if (!busy) query.fetchNextPage()
        }}
      >
        {busy ? <Spinner /> : null}
        {text.showMore}
      </Button>
      <p role="alert" className="text-sm text-danger-text empty:hidden">
        {query.isFetchNextPageError ? text.somethingWrong : null}
      </p>
    </div>
  )
}
