import path from 'node:path'
import { MySqlDriver } from '@mikro-orm/mysql'
import { PostgreSqlDriver } from '@mikro-orm/postgresql'
import { MikroORM, SqliteDriver } from '@mikro-orm/sql'
import { createLogger } from '../platform/logger.ts'
import type { DialectName } from './dialects/dialect.ts'
import { MYSQL_TEXT } from './dialects/mysql.ts'
import { ForwardMigrations } from './forward-migrations.ts'
import { ormOptions } from './orm-options.ts'

const DRIVERS: Record<DialectName, ConstructorParameters<typeof MikroORM>[0]> = {
  sqlite: { driver: SqliteDriver },
  postgresql: { driver: PostgreSqlDriver },
  mysql: { driver: MySqlDriver, ...MYSQL_TEXT },
}
const SNAPSHOT_NAME = '.snapshot'

/** What the last migration of a folder led to. */
export const SNAPSHOT = `${SNAPSHOT_NAME}.json`

export const offlineDialects = Object.keys(DRIVERS) as readonly DialectName[]

export const migrationsFolder = (dialect: DialectName): string =>
  path.join(import.meta.dirname, 'migrations', dialect)

/** MikroORM without a database: it compares the entities with the snapshot of a dialect. */
export function offlineOrm(dialect: DialectName) {
  return new MikroORM({
    ...ormOptions([], createLogger({ level: 'silent' })),
    ...DRIVERS[dialect],
    dbName: 'nowhere',
    migrations: {
      path: migrationsFolder(dialect),
      snapshotName: SNAPSHOT_NAME,
      emit: 'ts',
      generator: ForwardMigrations,
    },
  })
}
