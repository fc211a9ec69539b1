import { Migrator } from '@mikro-orm/migrations'
import type { Logger } from '../platform/logger.ts'
import type { Migrations } from './dialects/dialect.ts'
import { entities } from './entities.ts'

/** How MikroORM is set up on every dialect. */
export function ormOptions(migrations: Migrations, log: Logger) {
  return {
    entities,
    extensions: [Migrator],
    forceUtcTimezone: true,
    // A database is created by its operator, who knows its owner and its place.
    ensureDatabase: false,
    migrations: { migrationsList: [...migrations], snapshot: false, silent: true },
    colors: false,
    logger: (message: string) => log.debug(message),
  }
}
