const RESAMPLES = 10_000

/** Two subjects measured in one block, one beside the other. */
export interface Block {
  readonly product: readonly number[]
  readonly floor: readonly number[]
}

export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
}

/** The value below which `share` of the sorted values lie, interpolated. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = (sorted.length - 1) * share
  const below = sorted[Math.floor(position)] ?? Number.NaN
  const above = sorted[Math.ceil(position)] ?? Number.NaN
  return below + (above - below) * (position - Math.floor(position))
}

/** Fewer blocks have no scatter that an interval could follow. */
const LEAST_BLOCKS = 3

/** Whether a ratio of so many blocks is at most the goal, with its whole interval. */
export function verdictOf(
  { low, high }: Interval,
  goal: number,
  blocks: number,
): 'met' | 'missed' | 'undecided' {
  if (blocks < LEAST_BLOCKS) return 'undecided'
  if (high <= goal) return 'met'
  return low > goal ? 'missed' : 'undecided'
}

/** By how much y grows with x, as least squares have it. */
export function slopeOf(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [middleX, middleY] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))]
  const together = points.reduce((sum, [x, y]) => sum + (x - middleX) * (y - middleY), 0)
  const alone = points.reduce((sum, [x]) => sum + (x - middleX) ** 2, 0)
  return together / alone
}

/** Slope over the medians at each x, with its bootstrap 95 % interval over what was measured there. */
export function medianSlopeOf(columns: readonly (readonly [x: number, ys: readonly number[]])[]): Interval {
  const random = randomFrom(1)
  const slope = (all: typeof columns) => slopeOf(all.map(([x, ys]) => [x, percentile(ys, 0.5)]))
  const again = (ys: readonly number[]) => ys.map((own) => ys[Math.floor(random() * ys.length)] ?? own)
  const slopes = Array.from({ length: RESAMPLES }, () => slope(columns.map(([x, ys]) => [x, again(ys)])))
  return { value: slope(columns), low: percentile(slopes, 0.025), high: percentile(slopes, 0.975) }
}

/** Ratio of a percentile between product and floor, with its bootstrap 95 % interval over whole blocks. */
export function ratioOf(blocks: readonly Block[], share: number): Interval {
  const random = randomFrom(1)
  const ratios = Array.from({ length: RESAMPLES }, () =>
    ratio(
      blocks.map((own) => blocks[Math.floor(random() * blocks.length)] ?? own),
      share,
    ),
  )
  return { value: ratio(blocks, share), low: percentile(ratios, 0.025), high: percentile(ratios, 0.975) }
}

function ratio(blocks: readonly Block[], share: number): number {
  const product = blocks.flatMap((block) => block.product)
  const floor = blocks.flatMap((block) => block.floor)
  return percentile(product, share) / percentile(floor, share)
}

/** Mulberry32: the same numbers in every run, so that an interval depends on the measurements alone. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
