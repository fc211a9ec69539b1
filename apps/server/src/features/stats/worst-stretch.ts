import type { PersonQuality } from '@video-meet/protocol'
import { isBad, worseOf } from './quality-points.ts'
import type { StoredQuality } from './quality-store.ts'

/** Reports come every ten seconds: what is apart by more was interrupted. */
const INTERRUPTED_S = 30

type Stretch = NonNullable<PersonQuality['worstStretch']>

/** The longest time without a break in which somebody's connection was poor or lost. */
export function worstStretch(stays: readonly StoredQuality[]): Stretch | null {
  return stays.flatMap(stretchesOf).reduce<Stretch | null>((longest, one) => {
    return longest && lengthOf(longest) >= lengthOf(one) ? longest : one
  }, null)
}

function stretchesOf({ startedAt, points }: StoredQuality): Stretch[] {
  const timeOf = (seconds: number) => new Date(startedAt.getTime() + seconds * 1000).toISOString()
  const stretches: Stretch[] = []
  /** Where the one that goes on ends so far. */
  let lastEnd: number | null = null
  for (const { at, seconds, level, problem } of points) {
    const end = at + seconds
    const now: Stretch = { from: timeOf(at), to: timeOf(end), level, problem }
    const goesOn = lastEnd !== null && at - lastEnd <= INTERRUPTED_S
    const last = stretches.at(-1)
    lastEnd = isBad(now) ? end : null
    if (lastEnd === null) continue
    if (goesOn && last)
      stretches[stretches.length - 1] = { ...worseOf(last, now), from: last.from, to: now.to }
    else stretches.push(now)
  }
  return stretches
}

function lengthOf({ from, to }: Stretch): number {
  return Date.parse(to) - Date.parse(from)
}
