import path from 'node:path'
import { MikroORM, type SqlEntityManager } from '@mikro-orm/sql'
import type { Logger } from '../platform/logger.ts'
import { migrateSqlite } from './migrate.ts'
import { sqliteOptions } from './orm-options.ts'

const DEFAULT_FILE = 'video-meet.sqlite'

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

interface DatabaseOptions {
  /** `sqlite:` and a path, which is relative to `dataDir`; only `sqlite:` for the default file. */
  readonly url: string
  /** Must exist. */
  readonly dataDir: string
  readonly log: Logger
}

export async function openDatabase({ url, dataDir, log }: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init({
    ...sqliteOptions(sqliteFile(url, dataDir)),
    colors: false,
    logger: (message) => log.debug(message),
  })
  await orm.connect()
  let closing: Promise<void> | undefined
  return {
    fork: () => orm.em.fork(),
    migrate: () => migrateSqlite(orm, log),
    isHealthy: () => orm.isConnected(),
    close: () => (closing ??= orm.close(true)),
  }
}

export function sqliteFile(url: string, dataDir: string): string {
  const file = /^sqlite:(?:\/\/)?(.*)$/.exec(url)?.[1]
  if (file === undefined) throw new Error('DATABASE_URL must begin with sqlite: in this version.')
  if (file === ':memory:') return file
  return path.resolve(dataDir, file === '' ? DEFAULT_FILE : file)
}
