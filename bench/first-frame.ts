/*
 * M1: from the click on "Join now" to the first frame of somebody else, who is directly linked to or in a room of three
 * through the server, when the pre-join page has come to rest (warmed) or as soon as it can be clicked (cold); beside it,
 * in the same browser and by turns, what the browser itself needs for two RTCPeerConnections in one page.
 */
import { loadavg } from 'node:os'
import type { Browser } from '@playwright/test'
import type { FirstFrame } from './support/first-frame-watch.ts'
import { serveFloorPage } from './support/floor.ts'
import { installJoinMarks } from './support/join-marks.ts'
import { firstFrameOf, JoinScene, type JoinStart, type JoinWay, settle } from './support/join-scene.ts'
import { type Block, percentile, ratioOf } from './support/statistics.ts'
import { table } from './support/table.ts'

const JOINS = Number(process.env['JOINS'] ?? 30)
const WARM_UP_BLOCKS = 1
const GOALS = [
  { name: 'p50', share: 0.5, goal: 1.5 },
  { name: 'p95', share: 0.95, goal: 2 },
] as const
const WAYS: readonly JoinWay[] = ['sfu', 'direct']
const STARTS: readonly JoinStart[] = ['warmed', 'cold']

for (const way of WAYS) for (const start of STARTS) report(`${way}, ${start}`, await measure(way, start))

interface Joins {
  readonly product: FirstFrame[]
  readonly floor: FirstFrame[]
}

async function measure(way: JoinWay, start: JoinStart): Promise<Joins[]> {
  await using scene = await JoinScene.open(way)
  await using floorPage = await serveFloorPage()
  const measured: Joins[] = []
  for (let block = 0; block < WARM_UP_BLOCKS + Math.ceil(JOINS / 2); block++) {
    const floor = [await measureFloor(scene.browser, floorPage.url)]
    const product = [await scene.join(start), await scene.join(start)]
    floor.push(await measureFloor(scene.browser, floorPage.url))
    if (block >= WARM_UP_BLOCKS) measured.push({ product, floor })
    process.stderr.write('.')
  }
  process.stderr.write('\n')
  return measured
}

async function measureFloor(browser: Browser, url: string): Promise<FirstFrame> {
  await using context = await browser.newContext()
  await context.addInitScript(installJoinMarks)
  const page = await context.newPage()
  await page.goto(url)
  await settle(page)
  await page.getByRole('button', { name: 'Join now' }).click()
  return await firstFrameOf(page)
}

function report(what: string, measured: readonly Joins[]): void {
  const blocks: Block[] = measured.map(({ product, floor }) => ({
    product: product.map(({ firstFrame }) => firstFrame),
    floor: floor.map(({ firstFrame }) => firstFrame),
  }))
  const product = blocks.flatMap((block) => block.product)
  const floor = blocks.flatMap((block) => block.floor)
  const results = GOALS.map(({ name, share, goal }) => {
    const ratio = ratioOf(blocks, share)
    const met = ratio.high <= goal ? 'yes' : ratio.low > goal ? 'no' : 'undecided'
    return {
      name,
      product: round(percentile(product, share)),
      floor: round(percentile(floor, share)),
      ratio,
      goal,
      met,
    }
  })
  const load = round(loadavg()[0], 2)
  const marks = {
    product: markMedians(measured.flatMap((block) => block.product)),
    floor: markMedians(measured.flatMap((block) => block.floor)),
  }

  console.log(`Click to first remote frame, ${what}, ${product.length} joins, loopback\n`)
  const head = ['', 'Video Meet', 'floor', 'ratio', '95 % interval', 'goal', 'met']
  const rows = results.map(({ name, ratio, goal, met, ...times }) => [
    name,
    `${times.product} ms`,
    `${times.floor} ms`,
    ratio.value.toFixed(2),
    `${ratio.low.toFixed(2)} … ${ratio.high.toFixed(2)}`,
    `≤ ${goal}`,
    met,
  ])
  console.log(table([head, ...rows]))
  console.log('\nOn the way (p50 after the click)\n')
  console.log(table([['Video Meet', ''], ...marks.product.map(markRow)]) + '\n')
  console.log(table([['floor', ''], ...marks.floor.map(markRow)]))
  console.log(`\nLoad average ${load}\n`)
  const samples = { product: product.map((time) => round(time)), floor: floor.map((time) => round(time)) }
  console.log(
    JSON.stringify({ metric: 'first-frame', what, joins: product.length, results, marks, load, samples }),
  )
}

function markRow([name, at]: [string, number]): string[] {
  return [name, `${at} ms`]
}

function markMedians(joins: readonly FirstFrame[]): [string, number][] {
  const names = new Set(joins.flatMap(({ marks }) => Object.keys(marks)))
  return [...names]
    .map((name): [string, number] => {
      const times = joins.flatMap(({ marks }) => marks[name] ?? [])
      return [name, round(percentile(times, 0.5))]
    })
    .toSorted(([, a], [, b]) => a - b)
}

function round(value: number | undefined, digits = 0): number {
  return Number((value ?? Number.NaN).toFixed(digits))
}
