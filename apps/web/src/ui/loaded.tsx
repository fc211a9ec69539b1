import type { ReactNode } from 'react'
import { ErrorState } from './error-state.tsx'
import { Skeleton } from './skeleton.tsx'

interface LoadedProps<Data> {
  /** A query of RTK Query. */
  query: {
    readonly data?: Data | undefined
    readonly error?: unknown
    readonly refetch: () => unknown
  }
  skeleton?: ReactNode
  children: (data: Data) => ReactNode
}

/** Shows what a query brought; until then a skeleton, or why it did not come. Old data beats an error. */
export function Loaded<Data>({ query, skeleton = <Skeleton />, children }: LoadedProps<Data>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== undefined) return <ErrorState error={query.error} onRetry={query.refetch} />
  return skeleton
}
