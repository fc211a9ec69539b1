import type { MikroORM } from '@mikro-orm/core'
import type { SqliteDriver } from '@mikro-orm/sql'
import type { Logger } from '../platform/logger.ts'
import { migrations } from './migrations/sqlite/index.ts'

/** Brings the SQLite database of `orm` to the schema of this program, all or nothing. */
export async function migrateSqlite(orm: MikroORM<SqliteDriver>, log: Logger): Promise<void> {
  await refuseNewer(orm)
  const connection = orm.em.getConnection()
  /*
   * SQLite rebuilds a table that it cannot alter and drops the old one, whose children are then deleted by
   * `on delete cascade`. The pragma prevents it, but has no effect inside a transaction.
   */
  await connection.execute('pragma foreign_keys = off')
  try {
    await connection.transactional(async (transaction) => {
      const applied = await orm.migrator.up({ transaction })
      const violations = await connection.execute('pragma foreign_key_check', [], 'all', transaction)
      if (violations.length > 0) {
        throw new Error(
          `The migration would leave ${violations.length} rows that refer to nothing. Nothing was changed.`,
        )
      }
      if (applied.length > 0) log.info({ migrations: applied.map(({ name }) => name) }, 'database migrated')
    })
  } finally {
    await connection.execute('pragma foreign_keys = on')
  }
}

async function refuseNewer(orm: MikroORM<SqliteDriver>): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name))
  // When two processes start on an empty file at once, one fails to make the table of migrations, and then finds it.
  const executed = await orm.migrator.getExecuted().catch(() => orm.migrator.getExecuted())
  const unknown = executed.filter(({ name }) => !known.has(name)).map(({ name }) => name)
  if (unknown.length === 0) return
  throw new Error(
    `The database was written by a newer version of Video Meet (it has ${unknown.join(', ')}). ` +
      'Start that version, or restore a backup from before the upgrade.',
  )
}
