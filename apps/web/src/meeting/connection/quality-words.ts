import type { Quality } from '@video-meet/client'
import { connectionText as text } from './text.ts'

/** What is wrong, and what can be done. `name`: whose it is, null for one's own; null when all is well. */
export function qualityWords({ problem, advice }: Quality, name: string | null): string | null {
  if (problem === null) return null
  const what = advice && (name === null ? text.ownAdvice(advice) : text.advice(advice, name))
  return what ?? text.problem[problem]
}
