/*
 * What a list of meetings and a sign-in cost: requests per second and latency, for somebody with few meetings and for
 * somebody with many. The cost of a page must not grow with the number of meetings.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  DEFAULT_POLICY,
  formatMeetingCode,
  listMeetings,
  login,
  MEETING_CODE_ALPHABET,
  MeetingId,
  register,
  type Route,
  UserId,
} from '@video-meet/protocol'
import { openDatabase } from '../apps/server/src/db/database.ts'
import { createMeetingsStore } from '../apps/server/src/features/meetings/meetings-store.ts'
import { createLogger } from '../apps/server/src/platform/logger.ts'
import { freePort } from '../apps/server/test/lib/free-port.ts'
import {
  callRoute,
  register as makeAccount,
  type Send,
  type Somebody,
} from '../apps/server/test/lib/people.ts'
import { percentile } from './support/statistics.ts'
import { table } from './support/table.ts'

const FEW = 10
const MANY = 10_000
/** As many as the one with few has, so that all pages are equally full. */
const PAGE = FEW
const CONCURRENCY = 8
const SECONDS = Number(process.env['BENCH_SECONDS'] ?? 5)
/** Of the page with many over that with few; more than noise would be growth. */
const GOAL_RATIO = 1.25

interface Load {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'bench-rest-'))
const server = await start()
try {
  const [few, many] = [await accountWith(FEW), await accountWith(MANY)]
  const page = (who: Somebody, query: Record<string, string> = {}) =>
    load(listMeetings, { token: who.token, query: { limit: String(PAGE), ...query } })
  await page(few)
  // By turns, so that what else the machine does falls on both.
  const [fewFirst, manyFirst, manySecond, fewSecond] = [
    await page(few),
    await page(many),
    await page(many),
    await page(few),
  ]
  const rows: [string, Load][] = [
    [`list, ${FEW} meetings`, mean(fewFirst, fewSecond)],
    [`list, ${MANY} meetings`, mean(manyFirst, manySecond)],
    [`list, ${MANY} meetings, last pages`, await page(many, { cursor: await farCursor(many) })],
    [`search among ${MANY}`, await page(many, { search: 'planning 77' })],
    ['sign in', await load(login, { body: { email: few.email, password: few.password } })],
  ]
  report(rows)
} finally {
  server.process.disconnect()
  await rm(dataDir, { recursive: true, force: true })
}

async function start(): Promise<{ process: ChildProcess; url: string }> {
  const [port, rtcPort] = [await freePort(), await freePort()]
  const child = fork(path.join(import.meta.dirname, 'support/rest-server.ts'), {
    env: {
      ...process.env,
      HOST: '127.0.0.1',
      PORT: String(port),
      RTC_PORT: String(rtcPort),
      RTC_WORKERS: '1',
      DATA_DIR: dataDir,
      TRUST_PROXY: '1',
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => chunk.toString().includes('ready') && resolve())
    child.once('exit', () => reject(new Error('the server ended')))
  })
  return { process: child, url: `http://127.0.0.1:${port}` }
}

async function accountWith(meetings: number): Promise<Somebody> {
  const somebody = await makeAccount(server.url, `Owner of ${meetings}`, register)
  const log = createLogger({ level: 'silent' })
  const database = await openDatabase({ url: 'sqlite:', dataDir, log })
  const store = createMeetingsStore(database)
  const { id, name, email } = somebody.user
  const owner = { id: UserId.parse(id), name, email }
  for (let n = 0; n < meetings; n += 1) {
    const at = new Date(Date.UTC(2027, 0, 1) + n * 3_600_000)
    const schedule = { startsAt: at.toISOString(), durationMinutes: 30, timeZone: 'UTC' }
    const letters = Array.from({ length: 14 }, () => MEETING_CODE_ALPHABET[randomInt(23)]).join('')
    const meeting = {
      id: MeetingId.parse(randomUUID()),
      code: formatMeetingCode(letters),
      title: `Planning ${n}`,
      createdAt: new Date(),
      owner,
      description: '',
      agenda: '',
      schedule,
      policy: DEFAULT_POLICY,
      passwordHash: null,
      state: 'open' as const,
      startedAt: null,
      endedAt: null,
      nextStartsAt: at,
      dueAt: at,
      remindAt: null,
      updatedAt: new Date(),
      version: 1,
      sequence: 0,
    }
    await store.add(meeting, { past: false, at })
  }
  await database.close()
  return somebody
}

/** The cursor of a page near the end of the list. */
async function farCursor(who: Somebody): Promise<string> {
  let cursor = ''
  for (let read = 0; read < MANY - 200; read += 100) {
    const query = { limit: '100', ...(cursor !== '' && { cursor }) }
    const { body } = await callRoute(server.url, listMeetings, { token: who.token, query })
    cursor = (body as { nextCursor: string }).nextCursor
  }
  return cursor
}

async function load(route: Route, send: Send): Promise<Load> {
  const times: number[] = []
  const began = performance.now()
  const until = began + SECONDS * 1000
  async function caller(): Promise<void> {
    while (performance.now() < until) {
      const sent = performance.now()
      const { status } = await callRoute(server.url, route, send)
      if (status !== 200) throw new Error(`${route.path} answered ${status}`)
      times.push(performance.now() - sent)
    }
  }
  await Promise.all(Array.from({ length: CONCURRENCY }, caller))
  const seconds = (performance.now() - began) / 1000
  return { perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
}

function mean(one: Load, other: Load): Load {
  const half = (key: keyof Load) => (one[key] + other[key]) / 2
  return { perSecond: half('perSecond'), p50: half('p50'), p99: half('p99') }
}

function report(rows: readonly [string, Load][]): void {
  const lines = rows.map(([name, { perSecond, p50, p99 }]) => [
    name,
    perSecond.toFixed(0),
    `${p50.toFixed(1)} ms`,
    `${p99.toFixed(1)} ms`,
  ])
  const [few, many] = [rows[0]?.[1], rows[1]?.[1]]
  const ratio = (many?.p50 ?? Number.NaN) / (few?.p50 ?? Number.NaN)
  console.log(`REST on SQLite, ${CONCURRENCY} callers at once, pages of ${PAGE}\n`)
  console.log(table([['what', 'per second', 'p50', 'p99'], ...lines]))
  const met = ratio <= GOAL_RATIO ? 'met' : 'missed'
  console.log(`\na page with many over one with few: ${ratio.toFixed(2)}, goal ≤ ${GOAL_RATIO}: ${met}\n`)
  console.log(JSON.stringify({ metric: 'rest', ratio, goal: GOAL_RATIO, loads: Object.fromEntries(rows) }))
}
