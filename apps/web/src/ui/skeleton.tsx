import { text } from '../lib/text.ts'

/** Lines in the shape of what is on its way. */
export function Skeleton({ lines = 3 }: { lines?: number }) {
  return (
    <div role="status" aria-label={text.loading} className="flex animate-appear flex-col gap-3">
      {Array.from({ length: lines }, (_, index) => (
        <div key={index} className="h-16 animate-pulse rounded-card bg-sunken motion-reduce:animate-none" />
      ))}
    </div>
  )
}
