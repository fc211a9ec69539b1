/** What has come in until a moment, in ms since 1970. */
export interface Sample {
  readonly at: number
  readonly bytes: number
  readonly height: number
}

interface Rate {
  readonly at: number
  /** Per second, over the second before. */
  readonly bits: number
}

const OVER_MS = 1000
const STEADY_FOR_MS = 8000
const STAYS_FOR_MS = 3000

export function bitrates(samples: readonly Sample[]): Rate[] {
  return samples.flatMap((sample) => {
    const before = samples.findLast(({ at }) => at <= sample.at - OVER_MS)
    if (!before) return []
    return [{ at: sample.at, bits: (8000 * (sample.bytes - before.bytes)) / (sample.at - before.at) }]
  })
}

/** What it was in the seconds before `end`, all in all. */
export function steadyRate(rates: readonly Rate[], end: number): number {
  return mean(rates.filter(({ at }) => at > end - STEADY_FOR_MS && at <= end))
}

/** When the rate came to a level and stayed there; Infinity when it did not. */
export function reachedAt(rates: readonly Rate[], { level, from }: { level: number; from: number }): number {
  const reached = rates.find(({ at, bits }) => {
    if (at < from || bits < level) return false
    const after = rates.filter((rate) => rate.at >= at && rate.at <= at + STAYS_FOR_MS)
    return mean(after) >= level
  })
  return reached?.at ?? Infinity
}

function mean(rates: readonly Rate[]): number {
  return rates.reduce((sum, { bits }) => sum + bits, 0) / Math.max(1, rates.length)
}
