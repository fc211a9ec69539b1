import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Config } from '../config.ts'
import { parseDatabaseUrl } from '../db/database-url.ts'
import { explainSqliteFile } from '../db/sqlite-error.ts'
import { type Endpoint, findBindError } from '../platform/endpoint.ts'
import { AppError } from '../platform/errors.ts'
import { listenInfos } from '../sfu/listen-addresses.ts'

/** The settings that the start-up checks look at. */
export type StartupSettings = Pick<Config, 'host' | 'port' | 'dataDir' | 'databaseUrl' | 'rtc'>

const DATA_DIR_REMEDY =
  'Set DATA_DIR to a folder that this program may write to, or change the rights of that one.'

const DATA_DIR_PROBLEMS: Readonly<Record<string, string>> = {
  EEXIST: 'is not a folder',
  ENOTDIR: 'is not a folder',
  EACCES: 'cannot be written',
  EPERM: 'cannot be written',
  EROFS: 'is read-only',
  ENOSPC: 'is on a disk that is full',
  EDQUOT: 'is on a disk whose quota is used up',
  ENOENT: 'cannot be created',
  ENAMETOOLONG: 'has a name that is too long',
}

/**
 * Checks what the operator can fix before anything is opened or migrated, so that a server that cannot run leaves no
 * trace, and says in a sentence which setting to change.
 *
 * @throws {AppError} `unavailable` with one line per problem
 */
export async function assertCanStart(settings: StartupSettings): Promise<void> {
  const dataDirProblem = await findDataDirProblem(settings.dataDir)
  const problems = [
    dataDirProblem,
    dataDirProblem === undefined ? findSqliteProblem(settings) : undefined,
    await findHttpProblem(settings),
    await findMediaProblem(settings),
  ].filter((problem) => problem !== undefined)
  if (problems.length > 0) throw new AppError('unavailable', problems.join('\n'))
}

/** Creates the folder if it is missing and writes to it; returns a sentence if that fails. */
export async function findDataDirProblem(dataDir: string): Promise<string | undefined> {
  const probe = path.join(dataDir, `.write-test-${randomUUID()}`)
  try {
    await createFolder(dataDir)
    await writeFile(probe, 'x', { flag: 'wx' })
    return undefined
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    return `DATA_DIR ${dataDir} ${DATA_DIR_PROBLEMS[code] ?? `cannot be used (${code})`}. ${DATA_DIR_REMEDY}`
  } finally {
    await rm(probe, { force: true }).catch(() => undefined)
  }
}

/**
 * Creates the folder and its parents, one at a time: Node's recursive mkdir never ends where a parent exists but refuses
 * children with ENOENT, as /proc does.
 */
async function createFolder(folder: string): Promise<void> {
  const parent = path.dirname(folder)
  if (parent !== folder && !existsSync(parent)) await createFolder(parent)
  try {
    await mkdir(folder, { mode: 0o700 })
  } catch (error) {
    const exists = (error as NodeJS.ErrnoException).code === 'EEXIST' && (await stat(folder)).isDirectory()
    if (!exists) throw error
  }
}

function findSqliteProblem({ databaseUrl, dataDir }: StartupSettings): string | undefined {
  const address = parseDatabaseUrl(databaseUrl, dataDir)
  return address.kind === 'sqlite' ? explainSqliteFile(address.file) : undefined
}

/** A sentence about HOST or PORT if the web server could not listen there. Port 0 lets the system choose. */
export async function findHttpProblem({
  host,
  port,
}: Pick<Config, 'host' | 'port'>): Promise<string | undefined> {
  const code = await findBindError({ protocol: 'tcp', address: host, port })
  switch (code) {
    case undefined:
      return undefined
    case 'EADDRINUSE':
      return `PORT ${port} is in use by another program. Stop that program, or set PORT to another port.`
    case 'EACCES':
      return `PORT ${port} may not be opened: ports below 1024 belong to root. Set PORT to another port, or use a reverse proxy.`
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return `HOST is "${host}", which is not an address of this machine. Set HOST to one of its addresses, or remove it to listen on all.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST is "${host}", a name that cannot be resolved. Set HOST to an IP address or a host name of this machine, or remove it to listen on all.`
    default:
      return `The web server cannot listen on ${host}, port ${port} (${code}). Check HOST and PORT.`
  }
}

/** Each address and port that the media workers listen on. */
export function mediaEndpoints({ rtc }: Pick<Config, 'rtc'>): (Endpoint & { readonly announced: string })[] {
  const ports = Array.from({ length: rtc.workers }, (_, index) => (rtc.port === 0 ? 0 : rtc.port + index))
  return ports.flatMap((port) =>
    listenInfos({ ...rtc, port }).map(({ protocol, ip, announcedAddress }) => ({
      protocol,
      address: ip,
      port,
      announced: announcedAddress ?? ip,
    })),
  )
}

/** A sentence about RTC_LISTEN_IP or RTC_PORT if a media worker could not listen. */
export async function findMediaProblem(config: Pick<Config, 'rtc'>): Promise<string | undefined> {
  for (const endpoint of mediaEndpoints(config)) {
    const code = await findBindError(endpoint)
    if (code !== undefined) return describeMediaProblem(endpoint, code)
  }
  return undefined
}

function describeMediaProblem({ protocol, address, port }: Endpoint, code: string): string {
  const place = `${protocol.toUpperCase()} port ${port}`
  switch (code) {
    case 'EADDRINUSE':
      return `${place} (RTC_PORT and the ports after it) is in use on ${address}. Stop the program that uses it, or set RTC_PORT to other ports.`
    case 'EACCES':
      return `${place} may not be opened: ports below 1024 belong to root. Set RTC_PORT to a higher port.`
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return `RTC_LISTEN_IP is ${address}, which is not an address of this machine. Set it to one of its addresses, or remove it to listen on all. An address that only clients use belongs in RTC_ANNOUNCED_ADDRESS.`
    default:
      return `Media cannot be received on ${address}, ${place} (${code}). Check RTC_LISTEN_IP and RTC_PORT.`
  }
}
