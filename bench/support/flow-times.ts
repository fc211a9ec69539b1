/** Whatever comes again for so long without a longer pause is back. */
const STEADY_FOR_MS = 2000
const LONGEST_PAUSE_MS = 800

/** The longest time in ms between two neighbours of `times`, and between them and the ends of the window. */
export function longestGap(times: readonly number[], from: number, to: number): number {
  const inside = [from, ...times.filter((at) => at > from && at < to), to]
  return Math.max(...inside.slice(1).map((at, index) => at - (inside[index] ?? at)))
}

/**
 * When something was there again after `since` and stayed.
 *
 * @param now up to when it was watched
 * @returns undefined when it was not, or not for long enough yet
 */
export function backAt(times: readonly number[], since: number, now: number): number | undefined {
  const later = times.filter((at) => at >= since)
  const last = later.at(-1)
  if (last === undefined || now - last > LONGEST_PAUSE_MS) return undefined
  let start = later[0] ?? last
  for (const [index, at] of later.entries()) {
    const before = later[index - 1] ?? at
    if (at - before > LONGEST_PAUSE_MS) start = at
    // What goes on for long and pauses later has been back all the same.
    else if (at - start >= STEADY_FOR_MS) return start
  }
  return undefined
}
