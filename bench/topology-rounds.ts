/*
 * A call grows from two people to one more than go directly, and shrinks to two, again and again: does anybody hang, and
 * what do the two who stay notice of each other around each step? In Chromium and in Firefox.
 */
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser } from '@playwright/test'
import { openBrowserOf } from '../e2e/support/browsers.ts'
import { CLIP_SIZE, limitCamera } from '../e2e/support/camera-size.ts'
import { openFirefoxOf } from '../e2e/support/firefox.ts'
import type { Person } from '../e2e/support/person.ts'
import { Server } from '../e2e/support/server.ts'
import { clocksOf, type Gaps, gapsBetween } from './support/change-gaps.ts'
import { installChangeWatch } from './support/change-watch.ts'
import { arrive, createMeeting } from './support/people.ts'
import { percentile } from './support/statistics.ts'
import { table } from './support/table.ts'

const ROUNDS = Number(process.env['ROUNDS'] ?? 20)
const MESH_MAX = Number(process.env['MESH_MAX'] ?? 3)
/** Browsers of those who come, in turn; the first two are those who stay. */
const BROWSERS = (process.env['BROWSERS'] ?? 'chromium,firefox').split(',')
const CAMERA = { width: 640, height: 360, framesPerSecond: 15 }
const STEP_WITHIN_MS = 30_000
/** What comes after a step is settled belongs to it still. */
const AFTER_MS = 1500
const NAMES = ['Ana', 'Ben', 'Cleo', 'Dan', 'Eva', 'Finn', 'Gus', 'Hana', 'Ida', 'Jon']

interface Step {
  readonly name: string
  readonly round: number
  readonly ms: number
  /** Who saw or heard nothing of somebody else at its end. */
  readonly hung: readonly string[]
  /** What those who stay noticed of each other. */
  readonly gaps: readonly Gaps[]
}

await using stack = new AsyncDisposableStack()
const server = stack.adopt(
  await Server.start({ MESH_MAX: String(MESH_MAX), RTC_LISTEN_IP: '0.0.0.0' }),
  (it) => it.close(),
)
const open = new Map<string, Browser>()
const link = await createMeeting(server.url)
const steps: Step[] = []
const staying = [await enter(0), await enter(1)]
await settled('Direct', staying)
for (const [n, { page }] of staying.entries())
  await page.evaluate((name) => window.watchChanges(name), NAMES[1 - n] ?? '')
await delay(AFTER_MS)
for (let round = 1; round <= ROUNDS; round++) {
  await step('nobody comes or goes', round, () => Promise.resolve(staying))
  const here = [...staying]
  while (here.length <= MESH_MAX) {
    const way = here.length === MESH_MAX ? 'to the server' : 'direct'
    await step(`${here.length} → ${here.length + 1}, ${way}`, round, async () => {
      const person = await enter(here.length)
      here.push(person)
      return here
    })
  }
  await step(`${here.length} → 2, to direct`, round, async () => {
    for (const person of here.splice(2)) {
      await person.leave()
      for (const { page } of staying)
        await page.getByRole('group', { name: person.name }).waitFor({ state: 'detached' })
      await person.page.context().close()
    }
    return here
  })
}
report()

/**
 * Lets somebody come. Those who come and go say nothing, so that the two who stay hear each other alone, and show nothing,
 * as two cores cannot encode more.
 */
async function enter(n: number): Promise<Person> {
  const browser = await browserOf(BROWSERS[n % BROWSERS.length] ?? '')
  const person = await arrive(browser, {
    name: NAMES[n] ?? `Guest ${n}`,
    link,
    onPage: async (page) => {
      await page.addInitScript(installChangeWatch)
      await page.addInitScript(limitCamera, CLIP_SIZE)
    },
  })
  if (n > 1) for (const name of ['Mute microphone', 'Turn off camera']) await person.button(name).click()
  await person.join()
  return person
}

async function browserOf(kind: string): Promise<Browser> {
  const known = open.get(kind)
  if (known) return known
  const browser = kind === 'firefox' ? await openFirefoxOf(1) : await openBrowserOf(0, CAMERA)
  open.set(
    kind,
    stack.adopt(browser, (it) => it.close()),
  )
  return browser
}

async function step(name: string, round: number, what: () => Promise<readonly Person[]>): Promise<void> {
  const starts = await clocksOf(staying)
  const startedAt = performance.now()
  const here = await what()
  const hung = await settled(here.length > MESH_MAX ? 'Server' : 'Direct', here)
  const ms = performance.now() - startedAt
  await delay(AFTER_MS)
  const gaps = await gapsBetween(staying, starts, await clocksOf(staying))
  steps.push({ name, round, ms, hung, gaps })
  const load = loadavg()[0]?.toFixed(1)
  const noticed = gaps.map(({ picture, sound }) => `${picture.toFixed(0)}/${sound.toFixed(0)}`).join(' and ')
  process.stderr.write(
    `${round}: ${name}: picture/sound ${noticed} ms, load ${load}${hung.map((who) => `; ${who}`).join('')}\n`,
  )
}

/** Waits until everybody's call goes this way and everybody sees those who stay, and tells whom that does not happen to. */
async function settled(way: 'Direct' | 'Server', here: readonly Person[]): Promise<string[]> {
  const found = await Promise.all(here.map((person) => hangs(way, person)))
  return found.flat()
}

async function hangs(way: string, person: Person): Promise<string[]> {
  const timeout = STEP_WITHIN_MS
  try {
    await person.page.getByRole('banner').getByText(way, { exact: true }).waitFor({ timeout })
    await person.expectSees(...staying.filter((other) => other !== person))
    return []
  } catch (error) {
    return [`${person.name} hung: ${error instanceof Error ? error.message : String(error)}`]
  }
}

function report(): void {
  const ms = (values: readonly number[], share: number) => `${percentile(values, share).toFixed(0)} ms`
  const names = [...new Set(steps.map(({ name }) => name))]
  const rows = names.flatMap((name) => {
    const those = steps.filter((one) => one.name === name)
    return staying.map((person, n) => {
      const gaps = those.flatMap((one) => one.gaps.slice(n, n + 1))
      const [pictures, sounds] = [gaps.map(({ picture }) => picture), gaps.map(({ sound }) => sound)]
      const at = `${name}, at ${person.name}'s (${BROWSERS[n % BROWSERS.length]})`
      return [at, ms(pictures, 0.5), ms(pictures, 1), ms(sounds, 0.5), ms(sounds, 1)]
    })
  })
  console.log(`Longest time without anything new around each step of ${ROUNDS} rounds\n`)
  console.log(table([['', 'picture p50', 'max', 'sound p50', 'max'], ...rows]))
  const hung = steps.flatMap((one) => one.hung)
  console.log(
    `\ngoal: nobody hangs: ${hung.length === 0 ? 'met' : `missed, ${hung.length} did`}; load ${loadavg()[0]?.toFixed(1)}\n`,
  )
  console.log(
    JSON.stringify({
      metric: 'topology-rounds',
      rounds: ROUNDS,
      meshMax: MESH_MAX,
      browsers: BROWSERS,
      steps,
    }),
  )
  if (hung.length > 0) process.exitCode = 1
}
