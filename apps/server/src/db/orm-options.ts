import { Migrator } from '@mikro-orm/migrations'
import { SqliteDriver, type SqlOptions } from '@mikro-orm/sql'
import { entities } from './entities.ts'
import { migrations } from './migrations/sqlite/index.ts'
import { NodeSqliteDialect } from './node-sqlite.ts'

/** How MikroORM opens the SQLite database in `file`. */
export function sqliteOptions(file: string): SqlOptions<SqliteDriver> {
  return {
    driver: SqliteDriver,
    driverOptions: new NodeSqliteDialect(file),
    dbName: file,
    entities,
    extensions: [Migrator],
    forceUtcTimezone: true,
    migrations: { migrationsList: migrations, snapshot: false, silent: true },
  }
}
