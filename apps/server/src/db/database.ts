import { statSync } from 'node:fs'
import type { SqlEntityManager } from '@mikro-orm/sql'
import { withDeadline } from '../platform/deadline.ts'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { explainDatabaseError } from './database-error.ts'
import { type DatabaseAddress, parseDatabaseUrl } from './database-url.ts'
import type { OpenDialect, OpenOptions } from './dialects/dialect.ts'
import { migrate } from './migrate.ts'
import { refreshSearchKeys } from './refresh-search-keys.ts'
import { explainSqliteError } from './sqlite-error.ts'

const HEALTH_DEADLINE_MS = 3000

/** The durable records. */
export interface Database {
  /** A unit of work of its own; inside `transactional()` use only the one that is handed in. */
  fork(): SqlEntityManager
  /** Brings the schema up to date; refuses a database that a newer version wrote. */
  migrate(): Promise<void>
  isHealthy(): Promise<boolean>
  /** Only a restart helps: the database file was deleted or replaced, so that what is written now would be lost. */
  isBeyondRepair(): boolean
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
 * @throws {AppError} with a sentence for the operator when the file can't be used, or a server can't be reached or refuses
 */
export async function openDatabase({ url, dataDir, log }: DatabaseOptions): Promise<Database> {
  const address = parseDatabaseUrl(url, dataDir)
  const orExplain = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw address.kind === 'sqlite'
        ? explainSqlite(error, address.file)
        : explainDatabaseError(error, address)
    })
  const dialect = await orExplain(openAnswering(address, { log }))
  const { orm } = dialect
  const isFileGone = watchFile(address)
  let closing: Promise<void> | undefined
  return {
    fork: () => orm.em.fork(),
    async migrate() {
      await orExplain(migrate(dialect, log))
      await refreshSearchKeys(() => orm.em.fork())
    },
    isHealthy: () => withDeadline(orm.isConnected(), HEALTH_DEADLINE_MS, 'The database').catch(() => false),
    isBeyondRepair: isFileGone,
    close: () => (closing ??= orm.close(true)),
  }
}

/** Tells whether the file that was opened is no longer the one at its path. */
function watchFile(address: DatabaseAddress): () => boolean {
  if (address.kind !== 'sqlite' || address.file === ':memory:') return () => false
  const { file } = address
  const identity = () => {
    const found = statSync(file, { throwIfNoEntry: false })
    return found && `${found.dev}:${found.ino}`
  }
  const opened = identity()
  return () => identity() !== opened
}

/** An error of the file as a sentence for the operator; anything else as it is. */
function explainSqlite(error: unknown, file: string): unknown {
  // MikroORM wraps what SQLite reports.
  const source = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const sentence = explainSqliteError(error, file) ?? explainSqliteError(source, file)
  return sentence === undefined ? error : new AppError('unavailable', sentence, { cause: error })
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
