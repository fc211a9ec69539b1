import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { SetupFailure } from '../lib/failure.mjs'

const BUSY_TIMEOUT_MS = 10_000

/**
 * Copies an SQLite database that may be in use: what was committed before is in the copy, and writers go on meanwhile.
 * The copy is checked, readable by its owner only, and takes the place of an older one at once or not at all.
 *
 * @returns its size in bytes
 */
export function backupSqlite(file: string, target: string): number {
  if (!existsSync(file)) {
    throw new SetupFailure(
      `There is no database ${file}.`,
      'Check DATA_DIR and DATABASE_URL: the server makes the database at its first start.',
    )
  }
  if (existsSync(target) && realpathSync(target) === realpathSync(file))
    throw new SetupFailure(`${target} is the database itself.`, 'Name another file for the backup.')
  const folder = path.dirname(target)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const partial = `${target}.partial-${process.pid}`
  try {
    closeSync(openSync(partial, 'wx', 0o600))
    copy(file, partial)
    check(partial)
    sync(partial)
    renameSync(partial, target)
    sync(folder)
  } finally {
    for (const suffix of ['', '-journal', '-wal', '-shm']) rmSync(`${partial}${suffix}`, { force: true })
  }
  return statSync(target).size
}

function copy(file: string, partial: string): void {
  using database = new DatabaseSync(file, { readOnly: true, timeout: BUSY_TIMEOUT_MS })
  database.prepare('vacuum into ?').run(partial)
}

function check(partial: string): void {
  using database = new DatabaseSync(partial, { readOnly: true })
  const damage = database.prepare('pragma integrity_check').all()
  const orphans = database.prepare('pragma foreign_key_check').all()
  if (damage.length === 1 && damage[0]?.['integrity_check'] === 'ok' && orphans.length === 0) return
  throw new SetupFailure(
    'The copy of the database is damaged; nothing was kept of it.',
    'Keep the older backups, and see whether the disk is healthy.',
    { details: JSON.stringify([...damage, ...orphans].slice(0, 10)) },
  )
}

/** Waits until it is on the disk. */
function sync(file: string): void {
  const descriptor = openSync(file, 'r')
  fsyncSync(descriptor)
  closeSync(descriptor)
}
