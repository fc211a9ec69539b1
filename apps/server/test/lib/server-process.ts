import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Whom a program runs as. */
interface Owner {
  readonly uid?: number
  readonly gid?: number
}

/** Database servers refuse to run as root: then the user that their package made. */
export function ownerFor(user: string): Owner {
  if (process.getuid?.() !== 0) return {}
  const id = (what: string) => Number(execFileSync('id', [what, user], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

/** An empty folder that belongs to `owner`. */
export function temporaryFolder(name: string, { uid, gid }: Owner): string {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`))
  if (uid !== undefined && gid !== undefined) chownSync(folder, uid, gid)
  return folder
}

/** A program of a database server; Debian keeps some of them out of PATH. */
export function findProgram(name: string): string {
  const versions = '/usr/lib/postgresql'
  const numbers = existsSync(versions) ? readdirSync(versions).toSorted((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...numbers.map((number) => path.join(versions, number, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
    '/usr/sbin',
    '/opt/homebrew/bin',
  ]
  const found = folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file))
  if (found === undefined) {
    throw new Error(`${name} is not installed. On Debian: apt-get install postgresql mariadb-server coturn`)
  }
  return found
}

export interface Command {
  readonly program: string
  readonly args: readonly string[]
  readonly owner: Owner
  readonly cwd: string
  /** What it gets to read. */
  readonly input?: string
}

/** Runs a program to its end. */
export function runAs({ program, args, owner, cwd, input = '' }: Command): void {
  execFileSync(program, args, { ...owner, cwd, input, stdio: ['pipe', 'ignore', 'pipe'] })
}

/** A server that runs until it is stopped. */
export interface ServerProcess {
  /** Ends it as a power cut would, and starts it again after `whileDown`, on the same port and files. */
  restart(whileDown: () => Promise<void>): Promise<void>
  /** Ends it and deletes its files. */
  stop(): Promise<void>
}

/** Starts a server and waits until it prints `ready`. */
export async function startServer(command: Command, ready: RegExp): Promise<ServerProcess> {
  let child = await launch(command, ready)
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  return {
    async restart(whileDown) {
      await kill(child)
      await whileDown()
      child = await launch(command, ready)
    },
    async stop() {
      process.removeListener('exit', killAtExit)
      await kill(child)
      await rm(command.cwd, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function launch({ program, args, owner, cwd }: Command, ready: RegExp): Promise<ChildProcess> {
  const child = spawn(program, args, { ...owner, cwd, stdio: ['ignore', 'ignore', 'pipe'] })
  let output = ''
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => reject(new Error(`${program} ended:\n${output}`)))
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (ready.test(output)) resolve()
    })
  })
  return child
}

/** PostgreSQL takes SIGQUIT for `pg_ctl stop -m immediate` and ends its children with it. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = new Promise((resolve) => {
    child.once('exit', resolve)
  })
  child.kill(child.spawnfile.endsWith('postgres') ? 'SIGQUIT' : 'SIGKILL')
  await ended
}
