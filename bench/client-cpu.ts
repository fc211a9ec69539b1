/*
 * M8: what a call costs the browsers that are in it, by the number of people: everything over links, everything through
 * the server, and as the server decides by itself. All people are pages of one browser, which has their cameras.
 */
import { availableParallelism, loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Page } from '@playwright/test'
import { openBrowserOf } from '../e2e/support/browsers.ts'
import { installProbe } from '../e2e/support/probe.ts'
import { Server } from '../e2e/support/server.ts'
import { browserCpu, machineTime } from './support/browser-cpu.ts'
import { type MediaFlow, readMediaFlow } from './support/media-flow.ts'
import { arrive, createMeeting } from './support/people.ts'
import { type Interval, percentile, ratioOf, verdictOf } from './support/statistics.ts'
import { table } from './support/table.ts'

const SIZES = (process.env['BENCH_SIZES'] ?? '2,3,4,5,6').split(',').map(Number)
const BLOCKS = Number(process.env['BENCH_BLOCKS'] ?? 1)
const [WIDTH = 640, HEIGHT = 360, RATE = 15] = (process.env['BENCH_CAMERA'] ?? '640,360,15')
  .split(',')
  .map(Number)
/** Until bandwidth is known and every tile has the size that it asks for. */
const WARM_UP_MS = 12_000
const WINDOW_MS = 10_000
/** Above this share of all cores the encoders get less than they want, and what they use says nothing. */
const MOST_BUSY = 0.85
/** Cores that anything but the browsers may use: work beside them makes theirs dearer. */
const MOST_ELSEWHERE = 0.4
/** So many windows are looked at until one is good enough. */
const MOST_WINDOWS = 4
const GOAL_RATIO = 1.05

const WAYS = { mesh: { MESH_MAX: '6' }, sfu: { TOPOLOGY: 'sfu' }, auto: {} } as const
type Way = keyof typeof WAYS
/** A call that is forced to a way may leave it all the same, as when links do not come up. */
const SHOWN_AS: Readonly<Record<Way, readonly string[]>> = {
  mesh: ['Direct'],
  sfu: ['Server'],
  auto: ['Direct', 'Server'],
}
const ORDER: readonly Way[] = ['mesh', 'sfu', 'auto', 'auto', 'sfu', 'mesh']

interface Sample {
  /** CPU seconds per second, of all people together. */
  readonly cpu: number
  /** Whether media flowed as it was to. */
  readonly isOnWay: boolean
  /** What the room says how media flowed. */
  readonly label: string
  /** Pictures decoded in a second, of all people together. */
  readonly pictures: number
  readonly flows: readonly MediaFlow[]
  /** Share of all cores that was used, by whatever. */
  readonly busy: number
  /** Cores that were used by anything but the browsers, the server among it. */
  readonly elsewhere: number
}

await using stack = new AsyncDisposableStack()
const servers = {} as Record<Way, Server>
for (const way of Object.keys(WAYS) as Way[])
  servers[way] = stack.adopt(await Server.start(WAYS[way]), (it) => it.close())
const browser = stack.adopt(
  await openBrowserOf(0, { width: WIDTH, height: HEIGHT, framesPerSecond: RATE }),
  (it) => it.close(),
)

const samples = new Map<number, { readonly way: Way; readonly sample: Sample }[][]>()
for (const size of SIZES) {
  const blocks = []
  for (let block = 0; block < BLOCKS; block += 1) {
    const results = []
    for (const way of ORDER) {
      const sample = await measure(way, size)
      results.push({ way, sample })
      process.stderr.write(
        `${size} ${way}: ${sample.cpu.toFixed(2)} s/s, ${sample.elsewhere.toFixed(2)} elsewhere\n`,
      )
    }
    blocks.push(results)
  }
  samples.set(size, blocks)
}
report()

async function measure(way: Way, size: number): Promise<Sample> {
  const link = await createMeeting(servers[way].url)
  const people = []
  try {
    for (let n = 1; n <= size; n += 1) {
      const person = await arrive(browser, {
        name: `Person ${n}`,
        link,
        onPage: (page) => page.addInitScript(installProbe).then(() => undefined),
      })
      people.push(person)
      await person.join()
    }
    const pages = people.map(({ page }) => page)
    await delay(WARM_UP_MS)
    for (let windows = 1; ; windows += 1) {
      const sample = await sampleOf(pages, way)
      if (!isVoid(sample) || windows === MOST_WINDOWS) return sample
    }
  } finally {
    for (const { page } of people) await page.context().close()
  }
}

async function sampleOf(pages: readonly Page[], way: Way): Promise<Sample> {
  const flowsBefore = await Promise.all(pages.map((page) => page.evaluate(readMediaFlow)))
  const before = { at: performance.now(), cpu: browserCpu(), machine: machineTime() }
  await delay(WINDOW_MS)
  const after = { at: performance.now(), cpu: browserCpu(), machine: machineTime() }
  const flows = await Promise.all(pages.map((page) => page.evaluate(readMediaFlow)))
  const seconds = (after.at - before.at) / 1000
  const cpu = (after.cpu - before.cpu) / 1000 / seconds
  const busy = (after.machine.busy - before.machine.busy) / (after.machine.total - before.machine.total)
  const decoded = (all: readonly MediaFlow[]) => all.reduce((total, flow) => total + flow.decoded, 0)
  const labels = pages.map((page) =>
    page
      .getByRole('banner')
      .getByText(/^(Direct|Server)$/)
      .textContent(),
  )
  const label = [...new Set(await Promise.all(labels))].join('/')
  return {
    cpu,
    isOnWay: SHOWN_AS[way].includes(label),
    busy,
    elsewhere: busy * availableParallelism() - cpu,
    label,
    pictures: (decoded(flows) - decoded(flowsBefore)) / seconds,
    flows,
  }
}

function report(): void {
  console.log(
    `CPU of all browsers in a call, ${WIDTH}×${HEIGHT} at ${RATE} pictures a second, ${BLOCKS} block(s)\n`,
  )
  const head = [
    'people',
    'way',
    'shown as',
    'CPU s/s',
    'each',
    'encoders',
    'pictures/s',
    'lines',
    'busy',
    'elsewhere',
    '',
  ]
  const rows = [...samples].flatMap(([size, blocks]) =>
    (Object.keys(WAYS) as Way[]).map((way) => rowOf(size, way, of(blocks, way))),
  )
  console.log(table([head, ...rows]))
  const verdicts = [...samples].flatMap(([size, blocks]) => compare(size, blocks) ?? [])
  for (const { size, better, ratio, met } of verdicts)
    console.log(
      `\n${size} people: ${better} is cheaper; auto over ${better} ${text(ratio)}; goal: at most ${GOAL_RATIO}: ${met}`,
    )
  const load = loadavg().map((value) => value.toFixed(1))
  console.log(`\nload ${load.join(' ')} on ${availableParallelism()} cores\n`)
  console.log(
    JSON.stringify({ metric: 'client-cpu', camera: [WIDTH, HEIGHT, RATE], samples: [...samples], verdicts }),
  )
}

function of(blocks: readonly { readonly way: Way; readonly sample: Sample }[][], way: Way): Sample[] {
  return blocks.flat().flatMap((one) => (one.way === way ? [one.sample] : []))
}

function rowOf(size: number, way: Way, all: readonly Sample[]): string[] {
  const median = (of: (sample: Sample) => number) => percentile(all.map(of), 0.5)
  const cpu = median((sample) => sample.cpu)
  const lines = all.flatMap(({ flows }) => flows.flatMap((flow) => flow.lines))
  const limits = new Set(all.flatMap(({ flows }) => flows.flatMap((flow) => flow.limitedBy)))
  return [
    String(size),
    way,
    [...new Set(all.map(({ label }) => label))].join(' '),
    cpu.toFixed(2),
    (cpu / size).toFixed(3),
    median(({ flows }) => flows.reduce((total, flow) => total + flow.encoders, 0) / size).toFixed(1),
    median(({ pictures }) => pictures).toFixed(0),
    percentile(lines, 0.5).toFixed(0),
    `${(Math.max(...all.map(({ busy }) => busy)) * 100).toFixed(0)} %`,
    Math.max(...all.map(({ elsewhere }) => elsewhere)).toFixed(2),
    [...(all.some(isVoid) ? ['void'] : []), ...limits].join(' '),
  ]
}

function isVoid({ isOnWay, busy, elsewhere }: Sample): boolean {
  return !isOnWay || busy > MOST_BUSY || elsewhere > MOST_ELSEWHERE
}

/** How the decision of the server compares with the better of the two ways; null when the machine had no room. */
function compare(size: number, blocks: readonly { readonly way: Way; readonly sample: Sample }[][]) {
  if (blocks.flat().some(({ sample }) => isVoid(sample))) return null
  const cpu = (from: (typeof blocks)[number], way: Way) => of([from], way).map((sample) => sample.cpu)
  const median = (way: Way) =>
    percentile(
      blocks.flatMap((block) => cpu(block, way)),
      0.5,
    )
  const better: Way = median('mesh') <= median('sfu') ? 'mesh' : 'sfu'
  const ratio = ratioOf(
    blocks.map((block) => ({ product: cpu(block, 'auto'), floor: cpu(block, better) })),
    0.5,
  )
  const met = verdictOf(ratio, GOAL_RATIO, blocks.length)
  const meshOverSfu = ratioOf(
    blocks.map((block) => ({ product: cpu(block, 'mesh'), floor: cpu(block, 'sfu') })),
    0.5,
  )
  return { size, better, ratio, meshOverSfu, met }
}

function text({ value, low, high }: Interval): string {
  return `${value.toFixed(2)} (${low.toFixed(2)} to ${high.toFixed(2)})`
}
