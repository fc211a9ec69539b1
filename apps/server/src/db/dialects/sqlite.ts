import { MikroORM, SqliteDriver } from '@mikro-orm/sql'
import { AppError } from '../../platform/errors.ts'
import { migrations as ownMigrations } from '../migrations/sqlite/index.ts'
import { ormOptions } from '../orm-options.ts'
import type { OpenDialect, OpenOptions } from './dialect.ts'
import { NodeSqliteDialect } from './node-sqlite.ts'

/** @param file absolute path, or `:memory:` */
export async function openSqlite(
  file: string,
  { log, migrations = ownMigrations }: OpenOptions,
): Promise<OpenDialect> {
  const orm = await MikroORM.init({
    ...ormOptions(migrations, log),
    driver: SqliteDriver,
    driverOptions: new NodeSqliteDialect(file, log),
    dbName: file,
  })
  await orm.connect()
  return {
    name: 'sqlite',
    orm,
    migrations,
    async exclusively(migrate) {
      const connection = orm.em.getConnection()
      // When two processes start on an empty file at once, one fails to make the table of migrations, and then finds it.
      await orm.migrator.getExecuted().catch(() => orm.migrator.getExecuted())
      /*
       * SQLite rebuilds a table that it cannot alter and drops the old one, whose children are then deleted by
       * `on delete cascade`. The pragma prevents it, but has no effect inside a transaction.
       */
      await connection.execute('pragma foreign_keys = off')
      try {
        return await connection.transactional(async (transaction) => {
          const result = await migrate(transaction)
          const violations = await connection.execute('pragma foreign_key_check', [], 'all', transaction)
          if (violations.length > 0) {
            throw new AppError(
              'internal',
              `The migration would leave ${violations.length} rows that refer to nothing. Nothing was changed.`,
            )
          }
          return result
        })
      } finally {
        await connection.execute('pragma foreign_keys = on')
      }
    },
  }
}
