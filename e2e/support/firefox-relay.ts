/*
 * Is started in the place of Firefox, with its path and its arguments: starts it and stands between it and Playwright.
 * Playwright cannot open a context without a command of WebDriver BiDi that Firefox 153 does not know yet.
 */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { type RawData, WebSocket, WebSocketServer } from 'ws'

/** Commands that change nothing which stories look at: they are answered here. */
const ANSWERED_HERE: ReadonlySet<string> = new Set(['emulation.setMediaFeaturesOverride'])
const LISTENING = /^WebDriver BiDi listening on (ws:\/\/\S+)$/

const [firefox = '', ...given] = process.argv.slice(2)
const browser = spawn(firefox, given, { stdio: ['ignore', 'inherit', 'pipe'] })
browser.once('exit', (code) => process.exit(code ?? 1))
process.once('SIGTERM', () => browser.kill('SIGTERM'))
createInterface({ input: browser.stderr }).on('line', (line) => {
  const address = LISTENING.exec(line)?.[1]
  if (address === undefined) console.error(line)
  else listenFor(address)
})

/** Says where to connect to, as Firefox does. */
function listenFor(address: string): void {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 })
  server.on('connection', (playwright, { url = '' }) => relay(playwright, new WebSocket(address + url)))
  server.once('listening', () => {
    const at = server.address()
    const port = typeof at === 'object' && at !== null ? at.port : 0
    console.error(`WebDriver BiDi listening on ws://127.0.0.1:${port}`)
  })
}

function relay(playwright: WebSocket, bidi: WebSocket): void {
  const early: string[] = []
  playwright.on('message', (message) => {
    const text = textOf(message)
    const { id, method } = JSON.parse(text) as { id: number; method: string }
    if (ANSWERED_HERE.has(method)) playwright.send(JSON.stringify({ type: 'success', id, result: {} }))
    else if (bidi.readyState === WebSocket.CONNECTING) early.push(text)
    else bidi.send(text)
  })
  bidi.on('open', () => {
    for (const text of early) bidi.send(text)
  })
  bidi.on('message', (message) => playwright.send(textOf(message)))
  bidi.on('close', () => playwright.close())
  playwright.on('close', () => bidi.close())
}

/** Text comes in one piece. */
function textOf(message: RawData): string {
  return (message as Buffer).toString()
}
