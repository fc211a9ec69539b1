import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { freePort } from './free-port.ts'
import {
  type Command,
  findProgram,
  ownerFor,
  runAs,
  type ServerProcess,
  startServer,
  temporaryFolder,
} from './server-process.ts'

const USER = 'meet'
/** With what a URL has to escape. */
const PASSWORD = 'p@ss:w/rd?#%'

/** A database server of this machine, for one test file. */
export interface DatabaseServer extends ServerProcess {
  /** What DATABASE_URL is for one of its databases. */
  url(database: string): string
  /** A database that is there from the start, to create others from. */
  readonly firstDatabase: string
  /** PEM file of its certificate, which is for localhost and signed by itself, if it offers TLS. */
  readonly certificate?: string
}

/** PostgreSQL with TLS, a user who owns databases and is no superuser, and another time zone than ours. */
export async function startPostgresql(): Promise<DatabaseServer> {
  const owner = ownerFor('postgres')
  const cwd = temporaryFolder('postgresql', owner)
  const folder = path.join(cwd, 'data')
  const postgres = findProgram('postgres')
  const auth = ['--auth=scram-sha-256', `--pwfile=${path.join(cwd, 'password')}`]
  writeFileSync(path.join(cwd, 'password'), PASSWORD, { mode: 0o644 })
  const args = ['-D', folder, '-U', 'admin', '-E', 'UTF8', '--locale=C', '--no-sync', ...auth]
  runAs({ program: findProgram('initdb'), args, owner, cwd })
  runAs({
    program: postgres,
    args: ['--single', '-D', folder, 'postgres'],
    owner,
    cwd,
    input: `create role ${USER} login createdb password '${PASSWORD}'\n`,
  })
  const certificate = path.join(cwd, 'certificate.pem')
  const key = path.join(cwd, 'key.pem')
  makeCertificate({ certificate, key, owner, cwd })
  const port = await freePort()
  const settings = {
    ssl: 'on',
    ssl_cert_file: certificate,
    ssl_key_file: key,
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: '',
    fsync: 'off',
    full_page_writes: 'off',
    shared_buffers: '16MB',
    timezone: 'Asia/Tokyo',
  }
  const server = await startServer(
    {
      program: postgres,
      args: [
        '-D',
        folder,
        ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
      ],
      owner,
      cwd,
    },
    /ready to accept connections\n/,
  )
  return { ...server, firstDatabase: 'postgres', url: urlOf('postgres', port), certificate }
}

interface CertificateFiles extends Pick<Command, 'owner' | 'cwd'> {
  readonly certificate: string
  readonly key: string
}

function makeCertificate({ certificate, key, owner, cwd }: CertificateFiles): void {
  const kind = '-x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2'
  const name = '-subj /CN=localhost -addext subjectAltName=DNS:localhost'
  const args = ['req', ...`${kind} ${name}`.split(' '), '-keyout', key, '-out', certificate]
  runAs({ program: findProgram('openssl'), args, owner, cwd })
}

/** MariaDB with another time zone, text encoding and SQL mode than ours. */
export async function startMariadb(): Promise<DatabaseServer> {
  const owner = ownerFor('mysql')
  const cwd = temporaryFolder('mariadb', owner)
  const folder = path.join(cwd, 'data')
  const common = ['--no-defaults', `--datadir=${folder}`, '--innodb-buffer-pool-size=16M']
  const init = ['--auth-root-authentication-method=normal', '--skip-test-db']
  runAs({ program: findProgram('mariadb-install-db'), args: [...common, ...init], owner, cwd })
  const initFile = path.join(cwd, 'init.sql')
  writeFileSync(
    initFile,
    `create database if not exists meet_first;
    create user if not exists ${USER}@'%' identified by '${PASSWORD}';
    grant all on \`meet\\_%\`.* to ${USER}@'%';\n`,
  )
  const port = await freePort()
  const settings = {
    'bind-address': '127.0.0.1',
    port,
    socket: path.join(cwd, 'socket'),
    'pid-file': path.join(cwd, 'pid'),
    'init-file': initFile,
    // What is committed survives the end of the process, if not of the machine.
    'innodb-flush-log-at-trx-commit': 2,
    'default-time-zone': '+09:00',
    'character-set-server': 'latin1',
    'sql-mode': 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES',
  }
  const server = await startServer(
    {
      program: findProgram('mariadbd'),
      args: [...common, ...Object.entries(settings).map(([name, value]) => `--${name}=${value}`)],
      owner,
      cwd,
    },
    /ready for connections/,
  )
  return { ...server, firstDatabase: 'meet_first', url: urlOf('mysql', port) }
}

function urlOf(scheme: string, port: number): DatabaseServer['url'] {
  return (database) => `${scheme}://${USER}:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/${database}`
}
