import { isIP } from 'node:net'
import path from 'node:path'

const DEFAULT_FILE = 'video-meet.sqlite'
const DEFAULT_PORTS = { postgresql: 5432, mysql: 3306, mariadb: 3306 } as const
const KINDS = new Map<string, ServerAddress['kind']>([
  ['postgres:', 'postgresql'],
  ['postgresql:', 'postgresql'],
  ['mysql:', 'mysql'],
  ['mariadb:', 'mariadb'],
])
const TLS_MODES = ['disable', 'require', 'verify-full'] as const
const PARAMETERS = ['sslmode', 'sslrootcert', 'host']

export interface SqliteAddress {
  readonly kind: 'sqlite'
  /** Absolute path, or `:memory:`. */
  readonly file: string
}

export interface ServerAddress {
  readonly kind: 'postgresql' | 'mysql' | 'mariadb'
  /** Host name, IP address, or the absolute path of a Unix socket (of its folder for PostgreSQL). */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly tls: (typeof TLS_MODES)[number]
  /** PEM file of the authorities that `verify-full` trusts instead of Node's own. */
  readonly tlsAuthorities?: string
}

/** Where the durable records are. */
export type DatabaseAddress = SqliteAddress | ServerAddress

/** DATABASE_URL cannot be used; the message says what to write instead and shows nothing of it. */
export class DatabaseUrlError extends Error {
  override readonly name = 'DatabaseUrlError'
}

/**
 * @param dataDir what the path of an SQLite database is relative to
 * @throws {DatabaseUrlError}
 */
export function parseDatabaseUrl(text: string, dataDir: string): DatabaseAddress {
  const file = /^sqlite:(?:\/\/)?(.*)$/.exec(text)?.[1]
  if (file !== undefined) return { kind: 'sqlite', file: sqlitePath(file, dataDir) }
  const scheme = /^[a-z]+:(?=\/\/)/.exec(text)?.[0] ?? ''
  const kind = KINDS.get(scheme)
  if (kind === undefined) {
    throw new DatabaseUrlError(
      'Begin it with sqlite:, postgres://, mysql:// or mariadb://, or remove it to keep the data in DATA_DIR.',
    )
  }
  return serverAddress(kind, parseUrl(text, scheme))
}

/** `server` without what must stay secret, for people and logs. */
export function describeServer({ host, port }: ServerAddress): string {
  return host.startsWith('/') ? host : `${host.includes(':') ? `[${host}]` : host}:${port}`
}

function sqlitePath(file: string, dataDir: string): string {
  return file === ':memory:' ? file : path.resolve(dataDir, file === '' ? DEFAULT_FILE : file)
}

function parseUrl(text: string, scheme: string): URL {
  const url = URL.parse(text)
  if (url && url.hash === '') return url
  throw new DatabaseUrlError(
    `Write it as ${scheme}//user:password@host/database. In the password write @ : / ? # and % ` +
      'as %40 %3A %2F %3F %23 and %25.',
  )
}

function serverAddress(kind: ServerAddress['kind'], url: URL): ServerAddress {
  const { hostname, port, username, password, pathname, searchParams } = url
  const unknown = [...searchParams.keys()].find((name) => !PARAMETERS.includes(name))
  if (unknown !== undefined) {
    throw new DatabaseUrlError(`Behind the question mark it may have ${PARAMETERS.join(', ')}, nothing else.`)
  }
  const tls = TLS_MODES.find((mode) => mode === (searchParams.get('sslmode') ?? 'disable'))
  if (tls === undefined) throw new DatabaseUrlError(`Set sslmode to ${TLS_MODES.join(', ')}.`)
  const host = searchParams.get('host') ?? hostname.replace(/^\[(.*)\]$/, '$1')
  if (tls === 'verify-full' && kind !== 'postgresql' && isIP(host) !== 0) {
    // mysql2 would compare the certificate with `localhost`.
    throw new DatabaseUrlError('With sslmode=verify-full write the name of the host, not its IP address.')
  }
  const authorities = searchParams.get('sslrootcert')
  return {
    kind,
    host,
    port: port === '' ? DEFAULT_PORTS[kind] : Number(port),
    user: required(decode(username), 'the user in front of the @'),
    password: decode(password),
    database: required(decode(pathname.slice(1)), 'the database behind the host, such as /meet'),
    tls,
    ...(authorities === null ? {} : { tlsAuthorities: authorities }),
  }
}

function required(part: string, what: string): string {
  if (part === '') throw new DatabaseUrlError(`Name ${what}.`)
  return part
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw new DatabaseUrlError('Write each % of the user, the password and the database as %25.')
  }
}
