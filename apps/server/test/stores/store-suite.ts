import type { Database } from '../../src/db/database.ts'
import type { DialectName } from '../../src/db/dialects/dialect.ts'

/** A migrated database that all tests of a suite share. */
export interface StoreTarget {
  readonly dialect: DialectName
  /** There when the tests run, not yet when they are defined. */
  readonly database: () => Database
}

/** Defines the tests of one store. */
export type StoreSuite = (target: StoreTarget) => void
