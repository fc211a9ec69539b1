import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { type Database, type DatabaseOptions, openDatabase } from '../../src/db/database.ts'
import type { DialectName } from '../../src/db/dialects/dialect.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { type DatabaseServer, startMariadb, startPostgresql } from './database-servers.ts'

/** Every dialect, for `describe.each`. */
export const dialects: readonly DialectName[] = ['sqlite', 'postgresql', 'mysql']

const SERVERS: Partial<Record<DialectName, () => Promise<DatabaseServer>>> = {
  postgresql: startPostgresql,
  mysql: startMariadb,
}

export interface Databases {
  /** As of `DatabaseServer`. */
  readonly certificate: () => string
  /** What opens a new, empty database. */
  readonly create: () => Promise<DatabaseOptions>
  /** A database with the schema of this program; closed with the suite. */
  readonly open: () => Promise<Database>
  /** Cuts the power of the server, and gives it back after `whileDown`. */
  readonly restart: (whileDown: () => Promise<void>) => Promise<void>
}

/** Databases of one dialect, on a server of their own that runs as long as the suite. */
export function databases(dialect: DialectName): Databases {
  const log = createLogger({ level: 'silent' })
  const opened: Database[] = []
  let created = 0
  let dataDir = ''
  let server: DatabaseServer | undefined

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'databases-'))
    server = await SERVERS[dialect]?.()
  })
  afterAll(async () => {
    for (const database of opened) await database.close()
    await server?.stop()
    await rm(dataDir, { recursive: true, force: true })
  })

  async function create(): Promise<DatabaseOptions> {
    const name = `meet_${++created}`
    if (!server) return { url: `sqlite:${name}.sqlite`, dataDir, log }
    const first = await openDatabase({ url: server.url(server.firstDatabase), dataDir, log })
    // Making one takes its time on a busy machine.
    if (dialect === 'postgresql') await first.fork().execute('set statement_timeout = 0')
    await first.fork().execute(`create database ${name}`)
    await first.close()
    return { url: server.url(name), dataDir, log }
  }
  return {
    certificate: () => server?.certificate ?? '',
    create,
    async open() {
      const database = await openDatabase(await create())
      opened.push(database)
      await database.migrate()
      return database
    },
    restart: async (whileDown) => server?.restart(whileDown),
  }
}
