/*
 * M4: what the join link weighs. Opens /meeting/<code> in a fresh browser, joins, and adds up the JavaScript that was
 * really fetched, each file as gzip would send it; counts requests to anyone else.
 */
import { gzipSync } from 'node:zlib'
import type { Page, Response } from '@playwright/test'
import { openBrowserOf } from '../e2e/support/browsers.ts'
import { Server } from '../e2e/support/server.ts'
import { arrive, createMeeting } from './support/people.ts'
import { table } from './support/table.ts'

const GOAL_BYTES = 200_000

interface Script {
  readonly path: string
  readonly gzip: number
  readonly plain: number
  /** As it went over the wire, in whatever encoding the server chose. */
  readonly sent: number
}

await using stack = new AsyncDisposableStack()
const server = stack.adopt(await Server.start(), (it) => it.close())
const browser = stack.adopt(await openBrowserOf(0), (it) => it.close())

const responses: Response[] = []
const foreign: string[] = []
const link = await createMeeting(server.url)
const ana = await arrive(browser, { name: 'Ana', link, onPage: watch })
await ana.join()
await ana.page.waitForLoadState('networkidle')
report(await Promise.all(responses.filter(isScript).map(weigh)))

function watch(page: Page): void {
  page.on('response', (response) => responses.push(response))
  page.on('request', (request) => noteForeign(request.url()))
  page.on('websocket', (socket) => noteForeign(socket.url()))
}

function noteForeign(url: string): void {
  const { protocol, host } = new URL(url)
  if (/^(?:https?|wss?):$/.test(protocol) && host !== new URL(server.url).host) foreign.push(url)
}

function isScript(response: Response): boolean {
  return /javascript|wasm/.test(response.headers()['content-type'] ?? '')
}

async function weigh(response: Response): Promise<Script> {
  const body = await response.body()
  const { responseBodySize } = await response.request().sizes()
  const path = new URL(response.url()).pathname
  return { path, gzip: gzipSync(body, { level: 9 }).length, plain: body.length, sent: responseBodySize }
}

function report(scripts: readonly Script[]): void {
  const sum = (key: 'gzip' | 'plain' | 'sent') => scripts.reduce((total, script) => total + script[key], 0)
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  const rows = scripts
    .toSorted((a, b) => b.gzip - a.gzip)
    .map(({ path, ...sizes }) => [path, kilobytes(sizes.gzip), kilobytes(sizes.sent), kilobytes(sizes.plain)])
  const total = ['total', kilobytes(sum('gzip')), kilobytes(sum('sent')), kilobytes(sum('plain'))]

  console.log('JavaScript of the join link, cold cache, from the link into the room\n')
  console.log(table([['script', 'gzip', 'sent', 'plain'], ...rows, total]))
  console.log(`\ngoal: gzip ≤ ${kilobytes(GOAL_BYTES)}: ${sum('gzip') <= GOAL_BYTES ? 'met' : 'missed'}`)
  console.log(`requests to other origins: ${foreign.length}, goal 0 ${foreign.join(' ')}\n`)
  const result = { gzip: sum('gzip'), sent: sum('sent'), plain: sum('plain'), goal: GOAL_BYTES }
  console.log(JSON.stringify({ metric: 'payload', ...result, foreignRequests: foreign.length, scripts }))
}
