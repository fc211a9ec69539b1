import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { accessSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { freePort } from '../../apps/server/test/lib/free-port.ts'
import { cpuOf } from './process-cpu.ts'

const PROGRAM = '/usr/bin/janus'
const PLUGINS = '/usr/lib/x86_64-linux-gnu/janus'
const USED = ['libjanus_videoroom.so', 'libjanus_websockets.so']
const SECRET = randomUUID()
const STARTS_WITHIN_MS = 10_000
const ANSWERS_WITHIN_MS = 10_000
const KEEP_ALIVE_MS = 20_000

export interface Jsep {
  readonly type: 'offer' | 'answer'
  readonly sdp: string
}

/** What of Janus' messages is used here. */
export interface JanusMessage {
  readonly janus: string
  readonly transaction?: string
  readonly data?: { readonly id: number }
  readonly error?: { readonly reason: string }
  readonly plugindata?: { readonly data: { readonly id?: number; readonly error?: string } }
  readonly jsep?: Jsep
}

/** Whether Debian's package is there. */
export function hasJanus(): boolean {
  try {
    accessSync(PROGRAM)
    return true
  } catch {
    return false
  }
}

/** A Janus of its own with the video room and nothing else, and a session with it. */
export class Janus {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #waiting = new Map<string, (message: JanusMessage) => void>()
  readonly #socket: WebSocket
  readonly #admin: WebSocket
  #session = 0
  #keepAlive: NodeJS.Timeout | undefined

  private constructor(process: ChildProcess, folder: string, sockets: readonly [WebSocket, WebSocket]) {
    this.#process = process
    this.#folder = folder
    ;[this.#socket, this.#admin] = sockets
    for (const socket of sockets)
      socket.addEventListener('message', ({ data }) => this.#hear(JSON.parse(String(data)) as JanusMessage))
  }

  /** @param network the interface on which media flows; not the loopback, which Janus leaves out */
  static async start(network: string): Promise<Janus> {
    const folder = await mkdtemp(path.join(tmpdir(), 'bench-janus-'))
    const [port, adminPort] = [await freePort(), await freePort()]
    await configure(folder, { network, port, adminPort })
    const child = spawn(PROGRAM, ['-F', folder], { stdio: 'ignore' })
    const socket = await connect(port, 'janus-protocol')
    const janus = new Janus(child, folder, [socket, await connect(adminPort, 'janus-admin-protocol')])
    janus.#session = (await janus.#ask({ janus: 'create' })).data?.id ?? 0
    janus.#keepAlive = setInterval(() => janus.#stay(), KEEP_ALIVE_MS)
    return janus
  }

  /** CPU time used so far, in ms. */
  cpu(): number {
    return cpuOf(this.#process.pid ?? 0)
  }

  /** @returns the id of a new handle, of the video room */
  async attach(): Promise<number> {
    return (await this.#ask({ janus: 'attach', plugin: 'janus.plugin.videoroom' })).data?.id ?? 0
  }

  /** Asks the video room, and waits for what it does. */
  async message(handle: number, body: Readonly<Record<string, unknown>>, jsep?: Jsep): Promise<JanusMessage> {
    const answer = await this.#ask({ janus: 'message', handle_id: handle, body, ...(jsep && { jsep }) })
    const error = answer.plugindata?.data.error
    if (error) throw new Error(`Janus: ${error}`)
    return answer
  }

  /** What Janus says of a handle, as text. */
  async describe(handle: number): Promise<string> {
    const about = { janus: 'handle_info', handle_id: handle, admin_secret: SECRET }
    return JSON.stringify(await this.#ask(about, this.#admin))
  }

  async close(): Promise<void> {
    clearInterval(this.#keepAlive)
    this.#socket.close()
    this.#admin.close()
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGKILL')
    await ended
    await rm(this.#folder, { recursive: true, force: true })
  }

  #stay(): void {
    const about = { janus: 'keepalive', session_id: this.#session, transaction: randomUUID() }
    this.#socket.send(JSON.stringify(about))
  }

  async #ask(what: Readonly<Record<string, unknown>>, socket = this.#socket): Promise<JanusMessage> {
    const transaction = randomUUID()
    const answered = Promise.withResolvers<JanusMessage>()
    const late = setTimeout(() => answered.reject(new Error('Janus does not answer')), ANSWERS_WITHIN_MS)
    this.#waiting.set(transaction, answered.resolve)
    const session = this.#session === 0 ? {} : { session_id: this.#session }
    socket.send(JSON.stringify({ ...session, ...what, transaction }))
    try {
      const answer = await answered.promise
      if (answer.janus === 'error') throw new Error(`Janus: ${answer.error?.reason}`)
      return answer
    } finally {
      clearTimeout(late)
      this.#waiting.delete(transaction)
    }
  }

  #hear(message: JanusMessage): void {
    // What takes longer is acknowledged first.
    if (message.janus !== 'ack') this.#waiting.get(message.transaction ?? '')?.(message)
  }
}

interface Settings {
  readonly network: string
  readonly port: number
  readonly adminPort: number
}

async function configure(folder: string, { network, port, adminPort }: Settings): Promise<void> {
  const unused = async (kind: string) =>
    (await readdir(path.join(PLUGINS, kind)))
      .filter((name) => name.endsWith('.so') && !USED.includes(name))
      .join(',')
  await writeFile(
    path.join(folder, 'janus.jcfg'),
    `general: { configs_folder = "${folder}"
      plugins_folder = "${PLUGINS}/plugins"
      transports_folder = "${PLUGINS}/transports"
      admin_secret = "${SECRET}"
      debug_level = 2 }
    nat: { ice_enforce_list = "${network}" }
    plugins: { disable = "${await unused('plugins')}" }
    transports: { disable = "${await unused('transports')}" }\n`,
  )
  await writeFile(
    path.join(folder, 'janus.transport.websockets.jcfg'),
    `general: { ws = true
      ws_ip = "127.0.0.1"
      ws_port = ${port} }
    admin: { admin_ws = true
      admin_ws_ip = "127.0.0.1"
      admin_ws_port = ${adminPort} }\n`,
  )
}

async function connect(port: number, protocol: string): Promise<WebSocket> {
  for (const deadline = Date.now() + STARTS_WITHIN_MS; ; await delay(100)) {
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, protocol)
    const isOpen = await new Promise((resolve) => {
      socket.addEventListener('open', () => resolve(true))
      socket.addEventListener('error', () => resolve(false))
    })
    if (isOpen) return socket
    if (Date.now() > deadline) throw new Error('Janus does not start')
  }
}
