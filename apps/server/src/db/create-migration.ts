/*
 * Writes, for every dialect, the migration that leads from the last one to the entities as they are now:
 *   node apps/server/src/db/create-migration.ts <name-in-kebab-case>
 * The snapshot beside the migrations says what the last one led to, so no database is needed. README.md has the rules.
 */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { findPackageJSON } from 'node:module'
import path from 'node:path'
import { parseArgs } from 'node:util'
import type { DialectName } from './dialects/dialect.ts'
import { migrationsFolder, offlineDialects, offlineOrm, SNAPSHOT } from './offline.ts'

const NO_TABLES = '{ "tables": [], "namespaces": [] }\n'

async function writeMigration(dialect: DialectName, name: string): Promise<void> {
  const folder = migrationsFolder(dialect)
  const snapshot = path.join(folder, SNAPSHOT)
  if (!existsSync(snapshot)) writeFileSync(snapshot, NO_TABLES)
  const orm = offlineOrm(dialect)
  const { fileName } = await orm.migrator.create(folder, false, false, name)
  await orm.close(true)
  process.stdout.write(fileName === '' ? `${dialect}: nothing to change\n` : `${dialect}: ${fileName}\n`)
}

/** The list of all migrations in `folder`. */
function writeIndex(folder: string): void {
  const names = readdirSync(folder)
    .filter((file) => /^\d{14}-.*\.ts$/.test(file))
    .map((file) => file.slice(0, -'.ts'.length))
    .toSorted()
  const classOf = (name: string) => `Migration${name.replace('-', '_').replaceAll('-', '_')}`
  const imports = names.map((name) => `import { ${classOf(name)} } from './${name}.ts'`)
  writeFileSync(
    path.join(folder, 'index.ts'),
    `${imports.join('\n')}

/** THE LIST of migrations, oldest first, written by create-migration.ts. One that was released never changes. */
export const migrations = [${names.map(classOf).join(', ')}]
`,
  )
}

function format(folder: string): void {
  const manifest = findPackageJSON('oxfmt', import.meta.url)
  if (!manifest) throw new Error('oxfmt is not installed: format the migrations by hand.')
  execFileSync(process.execPath, [path.join(path.dirname(manifest), 'bin', 'oxfmt'), folder])
}

const { positionals } = parseArgs({ allowPositionals: true })
const [words] = positionals
if (words === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(words))
  throw new Error('Give the migration a name in kebab-case.')

const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14)
for (const dialect of offlineDialects) {
  const folder = migrationsFolder(dialect)
  await writeMigration(dialect, `${timestamp}-${words}`)
  writeIndex(folder)
  format(folder)
}
