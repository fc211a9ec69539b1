/*
 * M7: what two people notice when their call changes between direct and the server: the longest time without a new
 * picture, and without new sound, around each change. A third one, whose client knows no links, comes and goes.
 */
import { loadavg } from 'node:os'
import { setTimeout as delay } from 'node:timers/promises'
import { MeetingCode } from '@video-meet/protocol'
import { ScriptedPeer } from '../apps/server/test/lib/scripted-peer.ts'
import { openBrowserOf } from '../e2e/support/browsers.ts'
import { Server } from '../e2e/support/server.ts'
import { installChangeWatch } from './support/change-watch.ts'
import { arrive, createMeeting } from './support/people.ts'
import { percentile } from './support/statistics.ts'
import { table } from './support/table.ts'

const CHANGES = Number(process.env['CHANGES'] ?? 20)
const GOAL_MS = 200
const CAMERA = { width: 640, height: 360, framesPerSecond: 30 }
/** Around the moment at which a change is settled. */
const BEFORE_MS = 4000
const AFTER_MS = 1500
const CHANGE_WITHIN_MS = 30_000

interface Gap {
  readonly to: 'Direct' | 'Server'
  readonly picture: number
  readonly sound: number
}

await using stack = new AsyncDisposableStack()
const server = stack.adopt(await Server.start({ MESH_MAX: '2' }), (it) => it.close())
const browsers = [
  stack.adopt(await openBrowserOf(0, CAMERA), (it) => it.close()),
  stack.adopt(await openBrowserOf(1, CAMERA), (it) => it.close()),
]
const link = await createMeeting(server.url)
const code = MeetingCode.parse(link.replace(/.*\//, ''))
const names = ['Ana', 'Ben']
const people = await Promise.all(
  names.map((name, n) => {
    const [browser] = browsers.slice(n)
    if (!browser) throw new Error('no browser')
    return arrive(browser, { name, link, onPage: (page) => void page.addInitScript(installChangeWatch) })
  }),
)
for (const person of people) await person.join()
await reaches('Direct')
for (const [n, { page }] of people.entries())
  await page.evaluate((name) => window.watchChanges(name), names[1 - n] ?? '')
await delay(BEFORE_MS)

const usual = await gapsSince('Direct', await now(), BEFORE_MS)
const gaps: Gap[] = []
for (let change = 0; change < CHANGES; change += 2) {
  const third = await ScriptedPeer.connect(server.url)
  await third.join({ code, name: 'Cleo' })
  gaps.push(...(await changeTo('Server')))
  await third.request('room.leave', { mayReturn: false })
  third.close()
  gaps.push(...(await changeTo('Direct')))
  process.stderr.write('.')
}
process.stderr.write('\n')
report()

async function changeTo(way: Gap['to']): Promise<Gap[]> {
  await reaches(way)
  await delay(AFTER_MS)
  return await gapsSince(way, await now(), BEFORE_MS + AFTER_MS)
}

async function reaches(way: Gap['to']): Promise<void> {
  for (const { page } of people)
    await page.getByRole('banner').getByText(way, { exact: true }).waitFor({ timeout: CHANGE_WITHIN_MS })
}

function now(): Promise<number[]> {
  return Promise.all(people.map(({ page }) => page.evaluate(() => performance.now())))
}

async function gapsSince(to: Gap['to'], ends: readonly number[], ms: number): Promise<Gap[]> {
  return await Promise.all(
    people.map(async ({ page }, n) => {
      const times = await page.evaluate(() => window.changeTimes)
      const end = ends[n] ?? 0
      const longest = (all: readonly number[]) => {
        const inside = [end - ms, ...all.filter((at) => at > end - ms && at <= end), end]
        return Math.max(...inside.slice(1).map((at, index) => at - (inside[index] ?? at)))
      }
      return { to, picture: longest(times.pictures), sound: longest(times.sounds) }
    }),
  )
}

function report(): void {
  const ms = (values: readonly number[], share: number) => `${percentile(values, share).toFixed(0)} ms`
  const row = (name: string, of: readonly Gap[]) => {
    const [pictures, sounds] = [of.map(({ picture }) => picture), of.map(({ sound }) => sound)]
    return [name, ms(pictures, 0.5), ms(pictures, 1), ms(sounds, 0.5), ms(sounds, 1)]
  }
  console.log(`Longest time without anything new around each of ${CHANGES} changes, at both ends\n`)
  console.log(
    table([
      ['', 'picture p50', 'max', 'sound p50', 'max'],
      row('no change', usual),
      row(
        'to the server',
        gaps.filter(({ to }) => to === 'Server'),
      ),
      row(
        'to direct',
        gaps.filter(({ to }) => to === 'Direct'),
      ),
    ]),
  )
  const worst = Math.max(...gaps.flatMap(({ picture, sound }) => [picture, sound]))
  console.log(
    `\ngoal: at most ${GOAL_MS} ms: ${worst <= GOAL_MS ? 'met' : 'missed'}; load ${loadavg()[0]?.toFixed(1)}\n`,
  )
  console.log(JSON.stringify({ metric: 'change-over', changes: CHANGES, goalMs: GOAL_MS, usual, gaps }))
}
