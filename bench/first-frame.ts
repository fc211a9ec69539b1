/*
 * M1: from the click on "Join now" to the first frame of somebody else, in a room of three; beside it, in the same
 * browser and by turns, what the browser itself needs for two RTCPeerConnections in one page.
 */
import { loadavg } from 'node:os'
import type { Browser } from '@playwright/test'
import { openBrowserOf } from '../e2e/support/browsers.ts'
import { Server } from '../e2e/support/server.ts'
import { type FirstFrame, installFirstFrameWatch } from './support/first-frame-watch.ts'
import { serveFloorPage } from './support/floor.ts'
import { installJoinMarks } from './support/join-marks.ts'
import { arrive, createMeeting } from './support/people.ts'
import { type Block, percentile, ratioOf } from './support/statistics.ts'
import { table } from './support/table.ts'

const JOINS = Number(process.env['JOINS'] ?? 30)
const WARM_UP_BLOCKS = 1
const CAMERA = { width: 640, height: 360, framesPerSecond: 30 }
const GOALS = [
  { name: 'p50', share: 0.5, goal: 1.5 },
  { name: 'p95', share: 0.95, goal: 2 },
] as const
const PUBLISHERS = ['Ana', 'Ben']

await using stack = new AsyncDisposableStack()
const server = stack.adopt(await Server.start(), (it) => it.close())
const floorPage = stack.adopt(await serveFloorPage(), (it) => it.close())
const publishing = stack.adopt(await openBrowserOf(0, CAMERA), (it) => it.close())
const joining = stack.adopt(await openBrowserOf(1, CAMERA), (it) => it.close())

const link = await createMeeting(server.url)
const [ana] = await Promise.all(PUBLISHERS.map((name) => publish(publishing, name)))

const measured: { product: FirstFrame[]; floor: FirstFrame[] }[] = []
const before = loadavg()
for (let block = 0; block < WARM_UP_BLOCKS + Math.ceil(JOINS / 2); block++) {
  const floor = [await measureFloor()]
  const product = [await measureProduct(), await measureProduct()]
  floor.push(await measureFloor())
  if (block >= WARM_UP_BLOCKS) measured.push({ product, floor })
  process.stderr.write('.')
}
process.stderr.write('\n')
report()

async function publish(browser: Browser, name: string) {
  const person = await arrive(browser, { name, link })
  await person.join()
  return person
}

async function measureProduct(): Promise<FirstFrame> {
  await using context = await joining.newContext()
  await context.addInitScript(installFirstFrameWatch, PUBLISHERS)
  await context.addInitScript(installJoinMarks)
  const page = await context.newPage()
  await page.goto(link)
  await page.getByRole('textbox', { name: 'Your name' }).fill('Joiner')
  await page.waitForFunction(isCameraRunning)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Join now' }).click()
  const result = await firstFrameOf(page)
  await page.getByRole('button', { name: 'Leave', exact: true }).click()
  await ana?.page.getByRole('group', { name: 'Joiner' }).waitFor({ state: 'detached' })
  return result
}

async function measureFloor(): Promise<FirstFrame> {
  await using context = await joining.newContext()
  await context.addInitScript(installJoinMarks)
  const page = await context.newPage()
  await page.goto(floorPage.url)
  await page.waitForFunction(isCameraRunning)
  await page.waitForLoadState('networkidle')
  await page.getByRole('button', { name: 'Join now' }).click()
  return await firstFrameOf(page)
}

async function firstFrameOf(page: Awaited<ReturnType<Browser['newPage']>>): Promise<FirstFrame> {
  const result = await page.waitForFunction(() => window.firstFrame)
  const value = await result.jsonValue()
  if (value === undefined) throw new Error('no first frame')
  return value
}

function isCameraRunning(): boolean {
  return [...document.querySelectorAll('video')].some(
    (video) => video.getVideoPlaybackQuality().totalVideoFrames > 10,
  )
}

function report(): void {
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
  const load = { before: round(before[0], 2), after: round(loadavg()[0], 2) }
  const marks = {
    product: markMedians(measured.flatMap((block) => block.product)),
    floor: markMedians(measured.flatMap((block) => block.floor)),
  }

  console.log(`Click to first remote frame, ${product.length} joins to a room of 3, loopback\n`)
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
  console.log(`\nLoad average ${load.before} before, ${load.after} after\n`)
  const samples = { product: product.map((time) => round(time)), floor: floor.map((time) => round(time)) }
  console.log(JSON.stringify({ metric: 'first-frame', joins: product.length, results, marks, load, samples }))
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
