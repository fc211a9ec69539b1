/*
 * Writes the migration that leads from the last one to the entities as they are now:
 *   node apps/server/src/db/create-migration.ts <name-in-kebab-case>
 * The snapshot beside the migrations says what the last one led to, so no database is needed.
 */
import path from 'node:path'
import { parseArgs } from 'node:util'
import { MikroORM } from '@mikro-orm/sql'
import { sqliteOptions } from './orm-options.ts'

const { positionals } = parseArgs({ allowPositionals: true })
const [name] = positionals
if (name === undefined || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))
  throw new Error('Give the migration a name in kebab-case.')

const folder = path.join(import.meta.dirname, 'migrations', 'sqlite')
const orm = new MikroORM({
  ...sqliteOptions(':memory:'),
  migrations: {
    path: folder,
    snapshotName: '.snapshot',
    emit: 'ts',
    fileName: (timestamp, given = '') => `${timestamp}-${given.replaceAll('_', '-')}`,
  },
})
const { fileName } = await orm.migrator.create(undefined, false, false, name.replaceAll('-', '_'))
await orm.close(true)
process.stdout.write(
  fileName === ''
    ? 'The entities have not changed.\n'
    : `${path.join(folder, fileName)}: add it to index.ts.\n`,
)
