import type { Transaction } from '@mikro-orm/core'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { OpenDialect } from './dialects/dialect.ts'

/** Brings a database to the schema of this program; one process at a time. */
export async function migrate(dialect: OpenDialect, log: Logger): Promise<void> {
  const applied = await dialect.exclusively(async (transaction) => {
    await refuseNewer(dialect, transaction)
    return dialect.orm.migrator.up(transaction ? { transaction } : undefined)
  })
  if (applied.length > 0) log.info({ migrations: applied.map(({ name }) => name) }, 'database migrated')
}

async function refuseNewer({ orm, migrations }: OpenDialect, transaction?: Transaction): Promise<void> {
  const known = new Set(migrations.map(({ name }) => name))
  const executed = await orm.em
    .getConnection()
    .execute<{ name: string }[]>('select name from mikro_orm_migrations order by id', [], 'all', transaction)
  const unknown = executed.filter(({ name }) => !known.has(name)).map(({ name }) => name)
  if (unknown.length === 0) return
  throw new AppError(
    'unavailable',
    `The database was written by a newer version of Video Meet (it has ${unknown.join(', ')}). ` +
      'Start that version, or restore a backup from before the upgrade.',
  )
}
