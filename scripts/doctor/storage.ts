import { accessSync, constants, existsSync, statfsSync } from 'node:fs'
import path from 'node:path'
import { findDataDirProblem } from '../../apps/server/src/app/startup-checks.ts'
import type { Config } from '../../apps/server/src/config.ts'
import { describeServer, parseDatabaseUrl } from '../../apps/server/src/db/database-url.ts'
import { openDatabase } from '../../apps/server/src/db/database.ts'
import { explainSqliteFile } from '../../apps/server/src/db/sqlite-error.ts'
import { createLogger } from '../../apps/server/src/platform/logger.ts'
import type { Finding } from './finding.ts'
import { messageOf } from './finding.ts'

const MIN_FREE_MIB = 512
const MIB = 1024 * 1024

/** The folder itself, or the nearest one above it that exists. */
function existingFolder(folder: string): string {
  return existsSync(folder) ? folder : existingFolder(path.dirname(folder))
}

function canWrite(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}

export async function checkDatabase(config: Config): Promise<Finding> {
  const address = parseDatabaseUrl(config.databaseUrl, config.dataDir)
  if (address.kind === 'sqlite') return checkSqlite(address.file)
  const subject = 'Database'
  try {
    const log = createLogger({ level: 'silent' })
    const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir, log })
    await database.close()
    return { ok: true, subject, state: `${address.kind} at ${describeServer(address)} answers` }
  } catch (error) {
    const remedy = 'See docs/operations.md on how to make a database, and check DATABASE_URL.'
    return { ok: false, subject, state: messageOf(error), remedy }
  }
}

function checkSqlite(file: string): Finding {
  const subject = 'Database'
  if (file === ':memory:')
    return { ok: true, subject, state: 'in memory: everything is gone after a restart' }
  if (!existsSync(file)) {
    const ok = canWrite(existingFolder(path.dirname(file)))
    const state = ok ? `${file}, created at the first start` : `${file} cannot be created`
    const remedy = `Check the owner and the rights of ${path.dirname(file)}, or set DATA_DIR or DATABASE_URL.`
    return { ok, subject, state, remedy }
  }
  const problem = explainSqliteFile(file)
  return { ok: problem === undefined, subject, state: problem ?? `${file} opens and can be written` }
}

/** Same check as at the start; creates the folder like the start does. */
export async function checkDataDir({ dataDir }: Config): Promise<Finding> {
  const problem = await findDataDirProblem(dataDir)
  return { ok: problem === undefined, subject: 'Data', state: problem ?? `${dataDir} can be written` }
}

export function checkDisk({ dataDir }: Config): Finding {
  const { bavail, bsize } = statfsSync(existingFolder(dataDir))
  const free = Math.floor((bavail * bsize) / MIB)
  return {
    ok: free >= MIN_FREE_MIB,
    subject: 'Disk',
    state: `${free} MiB free for ${dataDir}`,
    remedy: `Free some space: at least ${MIN_FREE_MIB} MiB, or set DATA_DIR to another disk.`,
  }
}
