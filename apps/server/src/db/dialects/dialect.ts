import type { MikroORM, Transaction } from '@mikro-orm/core'
import type { Migration } from '@mikro-orm/migrations'
import type { AbstractSqlDriver } from '@mikro-orm/sql'
import type { Logger } from '../../platform/logger.ts'

/** What MySQL and MariaDB understand is one dialect. */
export type DialectName = 'sqlite' | 'postgresql' | 'mysql'

export type Orm = MikroORM<AbstractSqlDriver>

/** Steps of the schema, oldest first. */
export type Migrations = readonly (new (...args: ConstructorParameters<typeof Migration>) => Migration)[]

export interface OpenOptions {
  readonly log: Logger
  /** Instead of the program's own, for tests. */
  readonly migrations?: Migrations
}

/** An open database with what differs between the dialects. */
export interface OpenDialect {
  readonly name: DialectName
  readonly orm: Orm
  readonly migrations: Migrations
  /**
   * Runs `migrate` while no other process does, when the table of migrations exists. All or nothing where the dialect
   * can: `transaction` is what to migrate in, and is missing on MySQL, which commits at each change of the schema.
   */
  exclusively<T>(migrate: (transaction?: Transaction) => Promise<T>): Promise<T>
}
