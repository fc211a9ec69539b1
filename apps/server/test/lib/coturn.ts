import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findProgram, runAs } from './server-process.ts'
import { TurnClient } from './turn-client.ts'

const SHIPPED = new URL('../../../../deploy/turnserver.conf', import.meta.url)

/** What an operator fills in, by name; several values become several lines. */
export type CoturnSettings = Readonly<Record<string, readonly string[]>>

export interface CoturnOptions {
  /** Address and port at which it is reached; TLS is on the next port. */
  readonly host: string
  readonly port: number
  readonly settings: CoturnSettings
  /** What it is started with, such as `ip netns exec …`. */
  readonly within?: readonly string[]
}

export interface Coturn {
  stop(): Promise<void>
}

/** Starts a real coturn with the configuration that we ship. */
export async function startCoturn({ host, port, settings, within = [] }: CoturnOptions): Promise<Coturn> {
  const folder = mkdtempSync(path.join(tmpdir(), 'coturn-'))
  const file = path.join(folder, 'turnserver.conf')
  writeFileSync(
    file,
    fillIn(readFileSync(SHIPPED, 'utf8'), { ...makeCertificate(folder), ...portsFrom(port), ...settings }),
  )
  // As Debian starts it.
  const command = [...within, findProgram('turnserver'), '-c', file, '--pidfile=']
  const child = spawn(command[0] ?? '', command.slice(1), { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  const ended = once(child, 'exit')
  const probe = await TurnClient.open({ host, port, transport: 'udp' }, { username: '', credential: '' })
  try {
    await Promise.race([
      probe.untilUp(),
      ended.then(() => Promise.reject(new Error(`coturn has ended:\n${output}`))),
    ])
  } finally {
    probe.close()
  }
  return {
    async stop() {
      process.removeListener('exit', killAtExit)
      child.kill('SIGKILL')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** @throws Error when the shipped file has no such line, or several */
function fillIn(shipped: string, settings: CoturnSettings): string {
  return Object.entries(settings).reduce((text, [name, values]) => {
    const lines = text.split('\n').filter((line) => line.startsWith(`${name}=`))
    const [line, ...others] = lines
    if (line === undefined || others.length > 0)
      throw new Error(`${lines.length} lines of ${name} in turnserver.conf`)
    return text.replace(`${line}\n`, values.map((value) => `${name}=${value}\n`).join(''))
  }, shipped)
}

function portsFrom(port: number): CoturnSettings {
  return { 'listening-port': [String(port)], 'tls-listening-port': [String(port + 1)] }
}

function makeCertificate(folder: string): CoturnSettings {
  const [cert, pkey] = [path.join(folder, 'cert.pem'), path.join(folder, 'key.pem')]
  const kind =
    '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=turn.example.org'
  const args = ['req', ...kind.split(' '), '-keyout', pkey, '-out', cert]
  runAs({ program: findProgram('openssl'), args, owner: {}, cwd: folder })
  return { cert: [cert], pkey: [pkey] }
}
