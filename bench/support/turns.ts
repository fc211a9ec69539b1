import { availableParallelism, loadavg } from 'node:os'
import { type Block, percentile, ratioOf, verdictOf } from './statistics.ts'

/** What is measured, and what it is measured beside. */
export type Side = 'product' | 'floor'

const TURNS: readonly Side[] = ['floor', 'product', 'product', 'floor']

export interface Turns<Cost> {
  readonly blocks: readonly Block[]
  readonly costs: Readonly<Record<Side, readonly Cost[]>>
  /** Blocks that say nothing. */
  readonly voided: number
}

export interface TurnsOptions<Cost> {
  readonly measure: (side: Side) => Promise<Cost>
  /** What of a cost is compared. */
  readonly valueOf: (cost: Cost) => number
  /** Whether it was measured under the conditions that it should have been. */
  readonly isGood: (cost: Cost) => boolean
}

/** Measures by turns, so that what changes on the machine meanwhile concerns both sides: floor, product, product, floor. */
export async function measureByTurns<Cost>(count: number, options: TurnsOptions<Cost>): Promise<Turns<Cost>> {
  const blocks: Block[] = []
  const costs = { product: [] as Cost[], floor: [] as Cost[] }
  let voided = 0
  while (blocks.length < count && voided <= count) {
    const block = { product: [] as number[], floor: [] as number[] }
    let isGood = true
    for (const side of TURNS) {
      const cost = await options.measure(side)
      isGood &&= options.isGood(cost)
      block[side].push(options.valueOf(cost))
      costs[side].push(cost)
      process.stderr.write('.')
    }
    if (isGood) blocks.push(block)
    else voided += 1
  }
  process.stderr.write('\n')
  return { blocks, costs, voided }
}

export function medianOf<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return percentile(items.map(of), 0.5)
}

/** Prints by how much the product's cost is a multiple of the floor's, and for programs everything with `about`. */
export function conclude<Cost>(
  { blocks, costs, voided }: Turns<Cost>,
  { what, goal, about }: { readonly what: string; readonly goal: number; readonly about: object },
): void {
  const ratio = blocks.length > 0 ? ratioOf(blocks, 0.5) : null
  const loads = loadavg().map((value) => value.toFixed(1))
  const conditions = `${voided} blocks void; load ${loads.join(' ')} on ${availableParallelism()} cores`
  if (ratio) {
    const [value, low, high] = [ratio.value, ratio.low, ratio.high].map((it) => it.toFixed(3))
    console.log(`\n${what}: ${value} (${low} to ${high})`)
    console.log(`goal: at most ${goal}: ${verdictOf(ratio, goal, blocks.length)}; ${conditions}\n`)
  } else console.log(`\nno block delivered what it should; ${conditions}\n`)
  console.log(JSON.stringify({ ...about, goal, ratio, voided, costs }))
}
