import { DriverException } from '@mikro-orm/core'
import { AppError } from '../platform/errors.ts'
import { NO_CONNECTION_FREE } from './dialects/guarded-driver.ts'

const AWAY = "The server can't reach its database right now. Try again in a moment."
const BUSY = 'The database is busy. Try again in a moment.'
const FULL = "The server can't save anything right now: its storage is full."
const READ_ONLY = "The server can't save anything right now: its storage is read-only."

/** Primary result codes of SQLite (sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, string>> = {
  5: BUSY,
  6: BUSY,
  8: READ_ONLY,
  10: AWAY,
  11: AWAY,
  13: FULL,
  14: AWAY,
  26: AWAY,
}

/** Codes of MySQL and MariaDB, of their driver, and of Node. */
const BY_CODE = new Map<string, string>([
  [NO_CONNECTION_FREE, BUSY],
  ['PROTOCOL_CONNECTION_LOST', AWAY],
  ['PROTOCOL_SEQUENCE_TIMEOUT', AWAY],
  ['PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', AWAY],
  ['POOL_CLOSED', AWAY],
  ['POOL_NOCONNLIMIT', BUSY],
  ['POOL_ENQUEUELIMIT', BUSY],
  ['ER_SERVER_SHUTDOWN', AWAY],
  ['ER_NORMAL_SHUTDOWN', AWAY],
  ['ER_CONNECTION_KILLED', AWAY],
  ['ER_QUERY_INTERRUPTED', BUSY],
  ['ER_CON_COUNT_ERROR', BUSY],
  ['ER_TOO_MANY_USER_CONNECTIONS', BUSY],
  ['ER_LOCK_WAIT_TIMEOUT', BUSY],
  ['ER_LOCK_DEADLOCK', BUSY],
  ['ER_OPTION_PREVENTS_STATEMENT', READ_ONLY],
  ['ER_READ_ONLY_MODE', READ_ONLY],
  ['ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION', READ_ONLY],
  ['ER_DISK_FULL', FULL],
  ['ER_RECORD_FILE_FULL', FULL],
  ['ECONNREFUSED', AWAY],
  ['ECONNRESET', AWAY],
  ['EPIPE', AWAY],
  ['ETIMEDOUT', AWAY],
  ['EHOSTUNREACH', AWAY],
  ['ENETUNREACH', AWAY],
  ['ENOTFOUND', AWAY],
  ['EAI_AGAIN', AWAY],
  ['ENOSPC', FULL],
  ['EDQUOT', FULL],
  ['EROFS', READ_ONLY],
])

/** Classes and codes of SQLSTATE, as PostgreSQL uses them (appendix A of its manual); the longest match counts. */
const BY_SQLSTATE: readonly (readonly [prefix: string, sentence: string])[] = [
  ['53100', FULL],
  ['25006', READ_ONLY],
  ['40001', BUSY],
  ['40P01', BUSY],
  ['55P03', BUSY],
  ['57014', BUSY],
  ['08', AWAY],
  ['53', BUSY],
  ['57', AWAY],
  ['58', AWAY],
  ['XX', AWAY],
]

/** Errors that the drivers report without a code. */
const BY_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [
    /^(timeout exceeded when trying to connect|Connection terminated|Client has encountered a connection error)/,
    AWAY,
  ],
  [/^(Queue limit reached|Pool is closed|Can't add new command when connection is in closed state)/, AWAY],
  [/database is not open/i, AWAY],
]

/**
 * The error that people get when the database failed: `unavailable` with a sentence. Undefined for any other error, above all
 * for constraint violations and for mistakes in our SQL.
 *
 * @param error as MikroORM throws it: with the codes of the driver
 */
export function storageFailure(error: unknown): AppError | undefined {
  if (!(error instanceof Error) || error instanceof AppError) return undefined
  const sentence = sentenceFor(error) ?? (error.cause instanceof Error ? sentenceFor(error.cause) : undefined)
  return sentence === undefined ? undefined : new AppError('unavailable', sentence, { cause: error })
}

function sentenceFor(error: Error): string | undefined {
  // The low byte of an extended result code is the primary one.
  if ('errcode' in error && typeof error.errcode === 'number') return SQLITE[error.errcode & 0xff]
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  // Errors of the system come from anywhere; those of the database pass through MikroORM.
  const byCode = /^E[A-Z]+$/.test(code) && !(error instanceof DriverException) ? undefined : BY_CODE.get(code)
  if (byCode !== undefined) return byCode
  const byState = /^[0-9A-Z]{5}$/.test(code)
    ? BY_SQLSTATE.find(([prefix]) => code.startsWith(prefix))
    : undefined
  return byState?.[1] ?? BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1]
}
