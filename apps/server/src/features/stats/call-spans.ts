import type { QualitySpan } from './quality-store.ts'

/** When a call was measured. */
export interface CallSpan {
  /** Of the first stay. */
  readonly id: string
  readonly startedAt: Date
  readonly endedAt: Date
  /** When the last of its stays began. */
  readonly lastStartedAt: Date
}

/** What is apart by more than this is two calls: rooms without people keep their state for as long. */
const GAP_MS = 120_000

/** The calls to which stays belong, latest first. A meeting may have many: it repeats, or is opened again. */
export function callSpans(stays: readonly QualitySpan[]): CallSpan[] {
  const calls: CallSpan[] = []
  for (const { id, startedAt, endedAt } of stays.toSorted(
    (a, b) => Number(a.startedAt) - Number(b.startedAt),
  )) {
    const last = calls.at(-1)
    if (last && Number(startedAt) - Number(last.endedAt) <= GAP_MS)
      calls[calls.length - 1] = {
        ...last,
        endedAt: endedAt > last.endedAt ? endedAt : last.endedAt,
        lastStartedAt: startedAt,
      }
    else calls.push({ id, startedAt, endedAt, lastStartedAt: startedAt })
  }
  return calls.toReversed()
}
