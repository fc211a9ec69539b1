import { MikroORM, PostgreSqlDriver } from '@mikro-orm/postgresql'
import type { ServerAddress } from '../database-url.ts'
import { migrations as ownMigrations } from '../migrations/postgresql/index.ts'
import { ormOptions } from '../orm-options.ts'
import type { OpenDialect, OpenOptions } from './dialect.ts'
import { guardConnection, killWith } from './guarded-driver.ts'
import {
  ACQUIRE_TIMEOUT_MS,
  CONNECT_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MIGRATION_WAIT_S,
  tlsOptions,
  waitedTooLong,
} from './server-options.ts'

/** The text of the last setting keeps a backslash in a value from meaning anything. */
const SESSION = `set statement_timeout = '5s'; set time zone 'UTC'; set standard_conforming_strings = on`
const MIGRATION_LOCK = 7_310_863_101
const LOCK_NOT_AVAILABLE = '55P03'

interface Client {
  query(sql: string): Promise<unknown>
}

export async function openPostgresql(
  address: ServerAddress,
  { log, migrations = ownMigrations }: OpenOptions,
): Promise<OpenDialect> {
  const { host, port, user, password, database } = address
  const orm = await MikroORM.init({
    ...ormOptions(migrations, log),
    driver: PostgreSqlDriver,
    ...{ host, port, user, password, dbName: database },
    pool: { max: MAX_CONNECTIONS },
    driverOptions: {
      ssl: await tlsOptions(address),
      connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
      keepAlive: true,
      application_name: 'video-meet',
      onConnect: (client: Client) => client.query(SESSION),
      onPoolCreated: (pool: NodeJS.EventEmitter) =>
        // Not the whole error: it carries the client with all that it knows.
        pool.on('error', ({ message }) => log.warn({ reason: message }, 'database connection lost')),
    },
  })
  const connection = orm.em.getConnection()
  const discard = killWith('select pg_terminate_backend(pg_backend_pid())')
  guardConnection(connection, { discard, acquireMs: ACQUIRE_TIMEOUT_MS, log })
  await orm.connect()
  return {
    name: 'postgresql',
    orm,
    migrations,
    exclusively: (migrate) =>
      connection.transactional(async (transaction) => {
        const run = (sql: string) => connection.execute(sql, [], 'all', transaction)
        await run('set local statement_timeout = 0')
        await run(`set local lock_timeout = '${MIGRATION_WAIT_S}s'`)
        await run(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`).catch((error: unknown) => {
          const isTooLate = error instanceof Error && 'code' in error && error.code === LOCK_NOT_AVAILABLE
          throw isTooLate ? waitedTooLong(error) : error
        })
        // Makes the table, on another connection.
        await orm.migrator.getExecuted()
        return migrate(transaction)
      }),
  }
}
