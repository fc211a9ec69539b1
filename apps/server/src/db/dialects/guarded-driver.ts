import { DriverException } from '@mikro-orm/core'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type TransactionSettings,
} from 'kysely'
import type { Logger } from '../../platform/logger.ts'

export const NO_CONNECTION_FREE = 'NO_CONNECTION_FREE'

/** Ends a connection that may still be inside a transaction, so that nobody else gets it. */
export type Discard = (connection: DatabaseConnection) => Promise<void>

export interface GuardOptions {
  readonly discard: Discard
  /** Limit for waiting for a free connection, in milliseconds. */
  readonly acquireMs: number
  readonly log: Logger
}

/** MikroORM wraps the errors of queries; this gives those of connections and transactions the same class. */
function asDriverError(error: unknown): unknown {
  return error instanceof Error && !(error instanceof DriverException) ? new DriverException(error) : error
}

type SavepointMethod = NonNullable<Driver['savepoint']>

/**
 * Guards a driver against the ways in which a connection would stay checked out for ever. Kysely gives a connection back
 * only after a successful `commit` or `rollback`, and never after a failed `begin`, so that each connection that breaks
 * inside a transaction would be lost to the pool. Besides, waiting for a connection gets a limit.
 */
export class GuardedDriver implements Driver {
  readonly #driver: Driver
  readonly #options: GuardOptions

  constructor(driver: Driver, options: GuardOptions) {
    this.#driver = driver
    this.#options = options
  }

  init(): Promise<void> {
    return this.#driver.init()
  }

  /** @throws {Error} with the code `NO_CONNECTION_FREE` when none becomes free in time */
  async acquireConnection(): Promise<DatabaseConnection> {
    const acquiring = this.#driver.acquireConnection()
    let timer: NodeJS.Timeout | undefined
    const limit = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        // One that comes too late goes straight back.
        acquiring.then(
          (connection) => this.#driver.releaseConnection(connection),
          () => undefined,
        )
        reject(Object.assign(new Error('No database connection is free.'), { code: NO_CONNECTION_FREE }))
      }, this.#options.acquireMs)
    })
    try {
      return await Promise.race([acquiring, limit])
    } catch (error) {
      throw asDriverError(error)
    } finally {
      clearTimeout(timer)
    }
  }

  async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    try {
      await this.#driver.beginTransaction(connection, settings)
    } catch (error) {
      await this.#discard(connection, error)
      await this.#driver.releaseConnection(connection)
      throw asDriverError(error)
    }
  }

  /** Rejects like the driver; whoever called rolls back then, which gives the connection back in any case. */
  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.commitTransaction(connection)
    } catch (error) {
      throw asDriverError(error)
    }
  }

  /** Never rejects: a transaction that can't be rolled back ends with its connection. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    try {
      await this.#driver.rollbackTransaction(connection)
    } catch (error) {
      await this.#discard(connection, error)
    }
  }

  async savepoint(...args: Parameters<SavepointMethod>): Promise<void> {
    await this.#driver.savepoint?.(...args)
  }

  async rollbackToSavepoint(...args: Parameters<SavepointMethod>): Promise<void> {
    await this.#driver.rollbackToSavepoint?.(...args)
  }

  async releaseSavepoint(...args: Parameters<SavepointMethod>): Promise<void> {
    await this.#driver.releaseSavepoint?.(...args)
  }

  releaseConnection(connection: DatabaseConnection): Promise<void> {
    return this.#driver.releaseConnection(connection)
  }

  destroy(): Promise<void> {
    return this.#driver.destroy()
  }

  async #discard(connection: DatabaseConnection, error: unknown): Promise<void> {
    const { discard, log } = this.#options
    const reason = error instanceof Error ? error.message : String(error)
    log.warn({ reason }, 'a database connection broke inside a transaction and is closed')
    await discard(connection).catch(() => undefined)
  }
}

interface ConnectionWithDialect {
  createKyselyDialect(overrides: object): Dialect | Promise<Dialect>
}

/** Puts the guard around the driver that MikroORM's connection is going to create. */
export function guardConnection(connection: ConnectionWithDialect, options: GuardOptions): void {
  const create = connection.createKyselyDialect.bind(connection)
  connection.createKyselyDialect = async (overrides) => {
    const dialect = await create(overrides)
    const createDriver = dialect.createDriver.bind(dialect)
    return Object.assign(dialect, {
      createDriver: () => new GuardedDriver(createDriver(), options),
    })
  }
}

const MAX_TRIES = 20

/**
 * Ends the server's side of a connection with a statement, and waits until the client has noticed: only then does the pool
 * drop the connection when it is given back.
 */
export function killWith(statement: string): Discard {
  return async (connection) => {
    const run = (sql: string) => connection.executeQuery(CompiledQuery.raw(sql))
    await run(statement).catch(() => undefined)
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const isGone = await run('select 1').then(
        () => false,
        () => true,
      )
      if (isGone) return
    }
  }
}
