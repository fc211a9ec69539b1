import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../../apps/server/test/lib/free-port.ts'
import { patient } from '../../scripts/test/time-factor.ts'
import { ROOT } from './paths.ts'

const START_TIMEOUT_MS = patient(30_000)
const STOP_TIMEOUT_MS = patient(15_000)
const INHERITED = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'LD_LIBRARY_PATH', 'MEDIASOUP_WORKER_BIN']

/** A real Video Meet on ports and a data directory of its own; it can be stopped and started again. */
export class Server {
  readonly url: string
  readonly #rtcPort: number
  readonly #port: number
  readonly #directory = mkdtempSync(join(tmpdir(), 'video-meet-e2e-'))
  readonly #settings: Readonly<Record<string, string>>
  #process: ChildProcess | undefined
  #output = ''

  private constructor(port: number, rtcPort: number, settings: Readonly<Record<string, string>>) {
    this.#settings = settings
    this.#port = port
    this.#rtcPort = rtcPort
    this.url = `http://localhost:${port}`
  }

  /** @param settings more environment variables */
  static async start(settings: Readonly<Record<string, string>> = {}): Promise<Server> {
    const server = new Server(await freePort(), await freePort(), settings)
    await server.start()
    return server
  }

  async start(): Promise<void> {
    const child = spawn(process.execPath, ['apps/server/src/main.ts'], {
      cwd: ROOT,
      env: this.#environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.#process = child
    const ready = new Promise<void>((resolve, reject) => {
      const onOutput = (chunk: Buffer) => {
        this.#output += chunk.toString()
        if (this.#output.includes(`Video Meet is ready: ${this.url}`)) resolve()
      }
      child.stdout.on('data', onOutput)
      child.stderr.on('data', onOutput)
      child.once('exit', (code) => reject(new Error(`The server ended (${code}):\n${this.#output}`)))
      setTimeout(
        () => reject(new Error(`The server is not ready:\n${this.#output}`)),
        START_TIMEOUT_MS,
      ).unref()
    })
    await ready
  }

  /** Ends the process: `SIGTERM` lets it say goodbye, `SIGKILL` is a crash. Idempotent. */
  async stop(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const child = this.#process
    this.#process = undefined
    this.#output = ''
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
    child.kill(signal)
    await once(child, 'exit')
    clearTimeout(late)
  }

  /** Stops and removes what it stored. */
  async close(): Promise<void> {
    await this.stop()
    rmSync(this.#directory, { recursive: true, force: true })
  }

  /** Process ids of the media workers, which are children of the server. */
  workers(): number[] {
    const parent = this.#process?.pid
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => isWorkerOf(pid, parent))
      .map(Number)
  }

  /** All that the process wrote since it was started. */
  output(): string {
    return this.#output
  }

  #environment(): NodeJS.ProcessEnv {
    const inherited = INHERITED.flatMap((name) =>
      process.env[name] === undefined ? [] : [[name, process.env[name]]],
    )
    return {
      ...Object.fromEntries(inherited),
      PORT: String(this.#port),
      PUBLIC_URL: this.url,
      DATA_DIR: this.#directory,
      RTC_PORT: String(this.#rtcPort),
      RTC_WORKERS: '1',
      RTC_LISTEN_IP: '127.0.0.1',
      ...this.#settings,
    }
  }
}

function isWorkerOf(pid: string, parent: number | undefined): boolean {
  try {
    const [, name, parentId] = /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return name?.startsWith('mediasoup') === true && Number(parentId) === parent
  } catch {
    return false
  }
}
