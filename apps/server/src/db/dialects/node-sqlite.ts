import { chmodSync, closeSync, openSync } from 'node:fs'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'
import { setTimeout as sleep } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type DialectAdapter,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  type SqliteStatement,
} from 'kysely'
import type { Logger } from '../../platform/logger.ts'
import { GuardedDriver } from './guarded-driver.ts'

/** Limit for waiting until another process has written. */
const BUSY_TIMEOUT_MS = 5000
/** SQLite itself waits on this thread, so it gets little time; the rest is waited for without holding up anything else. */
const BLOCKING_WAIT_MS = 20
const RETRY_MS = 25
const SQLITE_BUSY = 5
const MAX_CACHED_STATEMENTS = 500
/** Limit for waiting until the transaction of somebody else has ended. */
const ACQUIRE_TIMEOUT_MS = 8000

/** Kysely's SQLite dialect over Node's own SQLite. */
export class NodeSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig
  readonly #handle: SqliteHandle
  readonly #log: Logger

  /** @param file path of the database, or `:memory:` */
  constructor(file: string, log: Logger) {
    const handle = new SqliteHandle(file)
    const config: SqliteDialectConfig = { database: async () => handle.open() }
    super(config)
    this.#config = config
    this.#handle = handle
    this.#log = log
  }

  override createDriver(): Driver {
    return new GuardedDriver(new OneConnectionDriver(this.#config), {
      discard: async () => this.#handle.leaveTransaction(),
      acquireMs: ACQUIRE_TIMEOUT_MS,
      log: this.#log,
    })
  }

  override createAdapter(): DialectAdapter {
    return new SharedAdapter()
  }
}

/** Kysely would queue for the only connection itself, without a limit and before the guard; the driver does it instead. */
class SharedAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true
  }
}

/** Hands out the only connection to one at a time. */
class OneConnectionDriver extends SqliteDriver {
  #isTaken = false
  readonly #waiting: (() => void)[] = []

  #connection: DatabaseConnection | undefined

  override async acquireConnection(): Promise<DatabaseConnection> {
    if (this.#isTaken) await new Promise<void>((resolve) => this.#waiting.push(resolve))
    this.#isTaken = true
    return (this.#connection ??= patient(await super.acquireConnection()))
  }

  override async releaseConnection(): Promise<void> {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#isTaken = false
  }

  /** Takes the write lock at once: a transaction that first reads and then writes could not wait for it. */
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'))
  }
}

/** Tries again while another process writes, and lets everything else go on meanwhile. */
function patient(connection: DatabaseConnection): DatabaseConnection {
  const executeQuery = connection.executeQuery.bind(connection)
  connection.executeQuery = async <Row>(query: CompiledQuery): Promise<QueryResult<Row>> => {
    const givesUpAt = performance.now() + BUSY_TIMEOUT_MS
    for (;;) {
      try {
        return await executeQuery<Row>(query)
      } catch (error) {
        if (!isBusy(error) || performance.now() > givesUpAt) throw error
        await sleep(RETRY_MS)
      }
    }
  }
  return connection
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error && 'errcode' in error && typeof error.errcode === 'number')) return false
  // The low byte of an extended result code is the primary one.
  return (error.errcode & 0xff) === SQLITE_BUSY
}

/** The open database file. It can be opened again under the connection that uses it. */
class SqliteHandle {
  readonly #file: string
  readonly #statements = new Map<string, SqliteStatement>()
  #database: DatabaseSync | undefined

  constructor(file: string) {
    this.#file = file
  }

  open(): SqliteDatabase {
    this.#database = openFile(this.#file)
    return {
      prepare: (sql) => this.#prepare(sql),
      close: () => {
        this.#statements.clear()
        this.#database?.close()
      },
    }
  }

  /**
   * Makes sure that no transaction is open after a failed `begin` or `rollback`. SQLite ends a transaction by itself on many
   * errors; where it did not, the file is opened again.
   */
  leaveTransaction(): void {
    if (!this.#database?.isTransaction || this.#file === ':memory:') return
    this.#statements.clear()
    this.#database.close()
    this.#database = openFile(this.#file)
  }

  #prepare(sql: string): SqliteStatement {
    const known = this.#statements.get(sql)
    if (known) return known
    if (!this.#database) throw new Error('The database is not open.')
    if (this.#statements.size >= MAX_CACHED_STATEMENTS) this.#statements.clear()
    const statement = prepare(this.#database, sql)
    this.#statements.set(sql, statement)
    return statement
  }
}

function openFile(file: string): DatabaseSync {
  if (file !== ':memory:') restrictToOwner(file)
  const database = new DatabaseSync(file, { timeout: BLOCKING_WAIT_MS, enableForeignKeyConstraints: true })
  database.exec('pragma journal_mode = wal; pragma synchronous = full')
  return database
}

function prepare(database: DatabaseSync, sql: string): SqliteStatement {
  const statement = database.prepare(sql)
  const values = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[]
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...values(parameters)),
    run: (parameters) => statement.run(...values(parameters)),
    iterate: (parameters) => statement.iterate(...values(parameters)),
  }
}

/** SQLite gives its journal the same mode as the database. */
function restrictToOwner(file: string): void {
  closeSync(openSync(file, 'a', 0o600))
  chmodSync(file, 0o600)
}
