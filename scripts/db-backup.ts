/** `npm run db:backup [file or folder]`: a copy of the database, while the server runs. */
import { existsSync, statSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { readConfig } from '../apps/server/src/config.ts'
import { parseDatabaseUrl } from '../apps/server/src/db/database-url.ts'
import { dumpCommand } from './backup/dump-command.ts'
import { backupSqlite } from './backup/sqlite-backup.ts'
import { SetupFailure, runMain } from './lib/failure.mjs'
import { say } from './lib/progress.mjs'
import { loadSettings } from './lib/settings.ts'

const KIB = 1024

const newName = (ending: string): string =>
  `video-meet-${new Date().toISOString().slice(0, 19).replaceAll(/\D/g, '')}.${ending}`

/** The file that `given` means: itself, or a new one in it when it is a folder. Relative to where npm was called. */
function fileAt(given: string, ending: string): string {
  const target = path.resolve(process.env['INIT_CWD'] ?? '.', given)
  const isFolder = existsSync(target) && statSync(target).isDirectory()
  return isFolder ? path.join(target, newName(ending)) : target
}

await runMain(async () => {
  loadSettings()
  const { databaseUrl, dataDir } = readConfig()
  const address = parseDatabaseUrl(databaseUrl, dataDir)
  const given = process.argv[2]
  if (address.kind !== 'sqlite') {
    const ending = address.kind === 'postgresql' ? 'dump' : 'sql'
    const line = dumpCommand(address, given === undefined ? newName(ending) : fileAt(given, ending))
    throw new SetupFailure(
      "A database on a server is backed up with the server's own tool.",
      `Run this line, which asks for the password (docs/operations.md has the way back):\n${line}`,
    )
  }
  if (address.file === ':memory:')
    throw new SetupFailure('The database is in memory.', 'Set DATABASE_URL to a file to keep anything.')
  const target = fileAt(given ?? path.join(dataDir, 'backups', newName('sqlite')), 'sqlite')
  const size = backupSqlite(address.file, target)
  say(`Backed up to ${target} (${Math.ceil(size / KIB)} KiB, checked)`)
})
