import { existsSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'

const BUSY_TIMEOUT_MS = 5000

/** Primary result codes of SQLite (sqlite.org/rescode.html) that an operator can do something about. */
const BY_RESULT_CODE: Readonly<Record<number, string>> = {
  5: 'is locked by another program. Stop that program, and start again.',
  6: 'is locked by another program. Stop that program, and start again.',
  8: 'is read-only. Change the rights of the file and its folder, or set DATABASE_URL to another file.',
  10: 'cannot be read or written: the disk reports an error. Check the disk, and restore a backup if the file is damaged.',
  11: 'is damaged. Restore a backup (docs/operations.md), or set DATABASE_URL to another file.',
  13: 'cannot grow: the disk is full. Free some space, and start again.',
  14: 'cannot be opened. Check that its folder exists and that this program may write to it, or set DATABASE_URL to another file.',
  26: 'is not an SQLite database. Set DATABASE_URL to another file, or move this one away to start with an empty database.',
}

const BY_SYSTEM_CODE: Readonly<Record<string, string>> = {
  EISDIR: 'is a folder. Set DATABASE_URL to a file in it.',
  EACCES: BY_RESULT_CODE[8] ?? '',
  EPERM: BY_RESULT_CODE[8] ?? '',
  EROFS: BY_RESULT_CODE[8] ?? '',
  ENOENT: BY_RESULT_CODE[14] ?? '',
  ENOTDIR: BY_RESULT_CODE[14] ?? '',
  ENOSPC: BY_RESULT_CODE[13] ?? '',
}

/**
 * A sentence for the operator if the database file cannot be used. Takes the write lock for a moment and changes nothing.
 *
 * @param file absolute path, or `:memory:`
 */
export function explainSqliteFile(file: string): string | undefined {
  if (file === ':memory:' || !existsSync(file)) return undefined
  if (statSync(file).isDirectory()) return describe(file, BY_SYSTEM_CODE['EISDIR'])
  try {
    const database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS })
    try {
      // Reading the schema finds a file that is no database or has been cut off; `begin immediate` one that is read-only.
      database.exec('begin immediate; select count(*) from sqlite_schema; rollback')
    } finally {
      database.close()
    }
    return undefined
  } catch (error) {
    return explainSqliteError(error, file) ?? `The database ${file} cannot be opened: ${String(error)}`
  }
}

/** A sentence for the operator about an error of SQLite or of the file system; undefined for any other error. */
export function explainSqliteError(error: unknown, file: string): string | undefined {
  if (!(error instanceof Error)) return undefined
  // The low byte of an extended result code is the primary one.
  if ('errcode' in error && typeof error.errcode === 'number')
    return describe(file, BY_RESULT_CODE[error.errcode & 0xff])
  if ('code' in error && typeof error.code === 'string') return describe(file, BY_SYSTEM_CODE[error.code])
  return undefined
}

const describe = (file: string, problem: string | undefined): string | undefined =>
  problem === undefined || problem === '' ? undefined : `The database ${file} ${problem}`
