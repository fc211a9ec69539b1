import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { migrationsFolder, offlineDialects, offlineOrm } from './offline.ts'

const orm = offlineOrm('postgresql')
const tables = [...orm.getMetadata().getAll().values()].map((entity) => ({
  name: entity.tableName,
  properties: Object.values(entity.properties),
  indexed: new Set(
    [...entity.indexes, ...entity.uniques].map(({ properties = [] }) => String([properties].flat()[0])),
  ),
}))

describe.each(tables)('table $name', ({ properties, indexed }) => {
  it('keeps points in time to the millisecond', () => {
    const coarse = properties.filter(({ runtimeType, length }) => runtimeType === 'Date' && length !== 3)
    expect(coarse.map(({ name }) => name)).toEqual([])
  })

  it('has no enumerations, which SQLite can change only by rebuilding the table', () => {
    expect(properties.filter((property) => property.enum).map(({ name }) => name)).toEqual([])
  })

  it('has an index for each reference, which PostgreSQL makes none for', () => {
    const bare = properties.filter(
      ({ name, kind, index, unique, primary }) =>
        ['m:1', '1:1'].includes(kind) && !index && !unique && !primary && !indexed.has(name),
    )
    expect(bare.map(({ name }) => name)).toEqual([])
  })
})

describe.each(offlineDialects)('the migrations of %s', (dialect) => {
  it('lead to the entities as they are; if not: create-migration.ts', async () => {
    expect(await offlineOrm(dialect).migrator.checkSchema()).toBe(false)
  })

  it('are all listed', async () => {
    const folder = migrationsFolder(dialect)
    const files = readdirSync(folder).filter((file) => /^\d/.test(file))
    const { migrations } = (await import(pathToFileURL(path.join(folder, 'index.ts')).href)) as {
      migrations: { name: string }[]
    }
    expect(migrations.map(({ name }) => name)).toEqual(
      files.toSorted().map((file) => `Migration${file.replace('.ts', '').replaceAll('-', '_')}`),
    )
  })
})

describe('the list of cascades in README.md', () => {
  /** Such as `api_tokens.user`. */
  const cascading = tables.flatMap(({ name, properties }) =>
    properties
      .filter(({ deleteRule }) => deleteRule !== undefined)
      .map((property) => `${name}.${property.name} ${property.deleteRule}`),
  )
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8')
  const listed = [...readme.matchAll(/^\| `([\w.]+)` \| (cascade|set null) \|/gm)].map(
    ([, reference, rule]) => `${reference} ${rule}`,
  )

  it('answers for each of them what has to happen besides', () => {
    expect(listed.toSorted()).toEqual(cascading.toSorted())
  })
})
