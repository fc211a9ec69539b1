import type { SqlEntityManager } from '@mikro-orm/sql'
import { withDeadline } from '../platform/deadline.ts'
import type { Logger } from '../platform/logger.ts'
import { explainDatabaseError } from './database-error.ts'
import { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts'
import type { OpenDialect, OpenOptions } from './dialects/dialect.ts'
import { migrate } from './migrate.ts'

const HEALTH_DEADLINE_MS = 3000

/** The durable records. */
export interface Database {
  /** A unit of work of its own; inside `transactional()` use only the one that is handed in. */
  fork(): SqlEntityManager
  /** Brings the schema up to date; refuses a database that a newer version wrote. */
  migrate(): Promise<void>
  isHealthy(): Promise<boolean>
  /** Can be called again. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** As `.env.example` explains DATABASE_URL. */
  readonly url: string
  /** Must exist. */
  readonly dataDir: string
  readonly log: Logger
}

/**
 * Opens the database and sees that it answers.
 *
 * @throws {DatabaseUrlError}
 * @throws {AppError} with a sentence for the operator when a server cannot be reached or refuses
 */
export async function openDatabase({ url, dataDir, log }: DatabaseOptions): Promise<Database> {
  const address = parseDatabaseUrl(url, dataDir)
  const explained = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw address.kind === 'sqlite' ? error : explainDatabaseError(error, address)
    })
  const dialect = await explained(openAnswering(address, { log }))
  const { orm } = dialect
  let closing: Promise<void> | undefined
  return {
    fork: () => orm.em.fork(),
    migrate: () => explained(migrate(dialect, log)),
    isHealthy: () => withDeadline(orm.isConnected(), HEALTH_DEADLINE_MS, 'The database').catch(() => false),
    close: () => (closing ??= orm.close(true)),
  }
}

async function openAnswering(address: DatabaseAddress, options: OpenOptions): Promise<OpenDialect> {
  const dialect = await openDialect(address, options)
  try {
    await dialect.orm.em.getConnection().execute('select 1')
    return dialect
  } catch (error) {
    await dialect.orm.close(true)
    throw error
  }
}

/** Loads only the drivers that `address` needs. */
export async function openDialect(address: DatabaseAddress, options: OpenOptions): Promise<OpenDialect> {
  switch (address.kind) {
    case 'sqlite': {
      const { openSqlite } = await import('./dialects/sqlite.ts')
      return openSqlite(address.file, options)
    }
    case 'postgresql': {
      const { openPostgresql } = await import('./dialects/postgresql.ts')
      return openPostgresql(address, options)
    }
    case 'mysql':
    case 'mariadb': {
      const { openMysql } = await import('./dialects/mysql.ts')
      return openMysql(address, options)
    }
  }
}
