import { MariaDbDriver, MikroORM, MySqlDriver } from '@mikro-orm/mariadb'
import type { ServerAddress } from '../database-url.ts'
import { migrations as ownMigrations } from '../migrations/mysql/index.ts'
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

/** Callers that may wait for a connection; the next ones fail at once. */
const MAX_WAITING = 500
/**
 * One mode whatever the server's is: values that do not fit are refused instead of cut, and neither a backslash nor a
 * quotation mark in a value means anything else than it was escaped for.
 */
const SQL_MODE =
  'STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION'
const SESSION = [
  `set session sql_mode = '${SQL_MODE}', session time_zone = '+00:00', session innodb_lock_wait_timeout = 5`,
  // As PostgreSQL does: otherwise looking for rows that are not there locks out whoever adds one beside them.
  'set session transaction isolation level read committed',
]
const MIGRATION_LOCK = `sha1(concat('video-meet migrations of ', database()))`
const DRIVERS = { mysql: MySqlDriver, mariadb: MariaDbDriver } as const

type Kind = keyof typeof DRIVERS

/** Equality as on the other dialects: case and accents count. */
export const MYSQL_TEXT = { charset: 'utf8mb4', collate: 'utf8mb4_bin' } as const

/** Opens MySQL or MariaDB, whichever answers: the schemes of both are in use for either. */
export async function openMysql(address: ServerAddress, options: OpenOptions): Promise<OpenDialect> {
  const expected = address.kind === 'mariadb' ? 'mariadb' : 'mysql'
  const first = await connect(expected, address, options)
  const actual = await kindOf(first)
  if (actual === expected) return first
  await first.orm.close(true)
  return connect(actual, address, options)
}

async function kindOf({ orm }: OpenDialect): Promise<Kind> {
  try {
    const [row] = await orm.em.getConnection().execute<{ version: string }[]>('select version() as version')
    return row?.version.includes('MariaDB') ? 'mariadb' : 'mysql'
  } catch (error) {
    await orm.close(true)
    throw error
  }
}

async function connect(
  kind: Kind,
  address: ServerAddress,
  { log, migrations = ownMigrations }: OpenOptions,
): Promise<OpenDialect> {
  const { host, port, user, password, database } = address
  const { migrations: migrator, ...common } = ormOptions(migrations, log)
  const tls = await tlsOptions(address)
  const orm = await MikroORM.init({
    ...common,
    ...MYSQL_TEXT,
    driver: DRIVERS[kind],
    ...{ host, port, user, password, dbName: database },
    pool: { max: MAX_CONNECTIONS },
    // A change of the schema commits, and with it the savepoints that all-or-nothing is made of.
    migrations: { ...migrator, allOrNothing: false },
    driverOptions: {
      ...(host.startsWith('/') ? { socketPath: host } : {}),
      ...(tls === false ? {} : { ssl: { ...tls, verifyIdentity: tls.rejectUnauthorized } }),
      connectTimeout: CONNECT_TIMEOUT_MS,
      queueLimit: MAX_WAITING,
      enableKeepAlive: true,
    },
  })
  const connection = orm.em.getConnection()
  const discard = killWith('kill connection_id()')
  guardConnection(connection, { discard, acquireMs: ACQUIRE_TIMEOUT_MS, log })
  await orm.connect()
  const pool = await connection.getNativeClient()
  pool.on('connection', (client) => {
    client.on('error', ({ message }) => log.warn({ reason: message }, 'database connection lost'))
    // Goes before whatever the connection was opened for.
    for (const statement of SESSION)
      client.query(statement, (error) => {
        if (error) client.destroy()
      })
  })
  return {
    name: 'mysql',
    orm,
    migrations,
    exclusively: (migrate) =>
      // The lock belongs to a connection, and a transaction keeps hold of one.
      connection.transactional(async (holder) => {
        const lock = (sql: string) => connection.execute<{ taken: number }[]>(sql, [], 'all', holder)
        const [row] = await lock(`select get_lock(${MIGRATION_LOCK}, ${MIGRATION_WAIT_S}) as taken`)
        if (row?.taken !== 1) throw waitedTooLong()
        try {
          await orm.migrator.getExecuted()
          return await migrate()
        } finally {
          await lock(`select release_lock(${MIGRATION_LOCK}) as taken`)
        }
      }),
  }
}
