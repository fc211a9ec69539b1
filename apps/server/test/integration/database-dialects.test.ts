import { execFile as execFileWithCallback } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { promisify } from 'node:util'
import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { Migration } from '@mikro-orm/migrations'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { patient } from '../../../../scripts/test/time-factor.ts'
import { parseDatabaseUrl } from '../../src/db/database-url.ts'
import { type Database, type DatabaseOptions, openDatabase, openDialect } from '../../src/db/database.ts'
import type { DialectName, Migrations } from '../../src/db/dialects/dialect.ts'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { migrate } from '../../src/db/migrate.ts'
import { migrations as mysqlMigrations } from '../../src/db/migrations/mysql/index.ts'
import { migrations as postgresqlMigrations } from '../../src/db/migrations/postgresql/index.ts'
import { migrations as sqliteMigrations } from '../../src/db/migrations/sqlite/index.ts'
import { AppError } from '../../src/platform/errors.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { databases, dialects } from '../lib/databases.ts'
import { expectIndexed } from '../lib/query-plan.ts'

const execFile = promisify(execFileWithCallback)

let meetings = 0
const newMeeting = () => ({
  id: randomUUID(),
  code: `code-${++meetings}`,
  title: 'Añejo 🎉',
  createdAt: new Date('2026-03-29T02:30:00.089Z'),
})

async function open(options: DatabaseOptions) {
  const database = await openDatabase(options)
  onTestFinished(() => database.close())
  return database
}

/** The dialect itself, with other migrations than the program's. */
async function openWith({ url, dataDir, log }: DatabaseOptions, migrations: Migrations) {
  const dialect = await openDialect(parseDatabaseUrl(url, dataDir), { log, migrations })
  onTestFinished(() => dialect.orm.close(true))
  const execute = <Row = unknown>(sql: string) => dialect.orm.em.getConnection().execute<Row[]>(sql)
  return { dialect, execute, migrate: () => migrate(dialect, log) }
}

const LISTS = { sqlite: sqliteMigrations, postgresql: postgresqlMigrations, mysql: mysqlMigrations }

async function expectEachMigrationOnce(database: Database, dialect: DialectName) {
  const rows = await database.fork().execute<{ name: string }[]>('select name from mikro_orm_migrations')
  expect(rows.map(({ name }) => name)).toEqual(LISTS[dialect].map(({ name }) => name))
}

const on = {
  sqlite: databases('sqlite'),
  postgresql: databases('postgresql'),
  mysql: databases('mysql'),
}

describe.each(dialects)('a database on %s', (dialect) => {
  const { create, open: openMigrated } = on[dialect]

  it('keeps records over a restart of the program, and migrates once', async () => {
    const options = await create()
    const meeting = newMeeting()
    const first = await openDatabase(options)
    await first.migrate()
    await first.fork().insert(MeetingRecord, meeting)
    await first.close()

    const second = await open(options)
    await second.migrate()
    await second.migrate()
    expect(await second.fork().findOneOrFail(MeetingRecord, { code: meeting.code })).toMatchObject(meeting)
    await expectEachMigrationOnce(second, dialect)
  })

  it('has the schema that its entities describe', async () => {
    const options = await create()
    await (await open(options)).migrate()
    const { orm } = (await openWith(options, [])).dialect
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('')
  })

  it('comes up for processes that start at once on an empty one', async () => {
    const { url, dataDir } = await create()
    const script = `
      import { openDatabase } from './src/db/database.ts'
      import { createLogger } from './src/platform/logger.ts'
      const [url, dataDir] = process.argv.slice(1)
      const database = await openDatabase({ url, dataDir, log: createLogger({ level: 'silent' }) })
      await database.migrate()
      await database.close()`
    const cwd = path.join(import.meta.dirname, '../..')
    const start = () =>
      execFile(process.execPath, ['--input-type=module', '-e', script, url, dataDir], { cwd })
    await expect(Promise.all([start(), start(), start()])).resolves.toHaveLength(3)
  })

  it('is refused when a newer version wrote it', async () => {
    const database = await openMigrated()
    await database.fork().execute(`insert into mikro_orm_migrations (name) values ('Migration2999_future')`)
    await expect(database.migrate()).rejects.toThrow(
      'written by a newer version of Video Meet (it has Migration2999_future)',
    )
  })

  it('reports a value that must be unique in the same way', async () => {
    const database = await openMigrated()
    const meeting = newMeeting()
    await database.fork().insert(MeetingRecord, meeting)
    const again = database.fork().insert(MeetingRecord, { ...newMeeting(), code: meeting.code })
    await expect(again).rejects.toThrow(UniqueConstraintViolationException)
  })

  it('keeps a point in time to the millisecond, wherever program and server are', async () => {
    vi.stubEnv('TZ', 'America/New_York')
    onTestFinished(() => void vi.unstubAllEnvs())
    expect(new Date('2026-07-01T00:00:00Z').getHours()).toBe(20)
    const database = await openMigrated()
    // The first does not exist on the clocks of Berlin, the second not on those of New York.
    for (const text of ['2026-03-29T02:30:00.089Z', '2026-03-08T07:30:00.001Z', '1969-12-31T23:59:59.999Z']) {
      const meeting = { ...newMeeting(), createdAt: new Date(text) }
      await database.fork().insert(MeetingRecord, meeting)
      const found = await database.fork().findOneOrFail(MeetingRecord, { createdAt: meeting.createdAt })
      expect(found.createdAt.toISOString()).toBe(text)
    }
  })

  it('gives back every character that it was given', async () => {
    const database = await openMigrated()
    const title = `'" \\ \\' \\" -- ; /* %s ? \n\t 👩‍👩‍👧 \u{10FFFF} é é`
    const meeting = { ...newMeeting(), title }
    await database.fork().insert(MeetingRecord, meeting)
    expect(await database.fork().findOneOrFail(MeetingRecord, { title })).toMatchObject(meeting)
  })

  it('rolls back what fails, and keeps what others did meanwhile', async () => {
    const database = await openMigrated()
    const [first, second] = [newMeeting(), newMeeting()]
    const failing = database.fork().transactional(async (tx) => {
      await tx.insert(MeetingRecord, first)
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
    await database.fork().insert(MeetingRecord, second)
    expect(await database.fork().find(MeetingRecord, {})).toMatchObject([second])
  })

  it('serves more queries at once than it has connections', async () => {
    const database = await openMigrated()
    const all = Array.from({ length: 60 }, newMeeting)
    await Promise.all(all.map((meeting) => database.fork().insert(MeetingRecord, meeting)))
    expect(await database.fork().count(MeetingRecord)).toBe(60)
  })

  it('keeps the rows of child tables when a migration rebuilds their parent', async () => {
    const options = await create()
    const before = await openWith(options, [Families])
    await before.migrate()
    await before.execute(`insert into parents (id, name) values (1, 'Ana')`)
    await before.execute(`insert into children (parent_id) values (1)`)

    const after = await openWith(options, [Families, NAMELESS[dialect]])
    await after.migrate()
    expect(await after.execute('select parent_id from children')).toEqual([{ parent_id: 1 }])
    await after.execute('insert into parents (id, name) values (2, null)')
    await expect(after.execute('insert into children (parent_id) values (3)')).rejects.toThrow()
    await after.execute('delete from parents where id = 1')
    expect(await after.execute('select parent_id from children')).toEqual([])
  })

  it('shows when a query has no index', async () => {
    const database = await openMigrated()
    for (let i = 0; i < 3; i++) await database.fork().insert(MeetingRecord, newMeeting())
    const search = expectIndexed(database, dialect, `select * from meetings where title = 'x'`)
    await expect(search).rejects.toThrow('No index serves select')
  })
})

describe.each(['postgresql', 'mysql'] as const)('a server of %s', (dialect) => {
  const { create, restart } = on[dialect]

  it('migrates once for all connections that ask at once', async () => {
    const options = await create()
    const all = await Promise.all([open(options), open(options), open(options)])
    await Promise.all(all.map((database) => database.migrate()))
    for (const database of all) await expectEachMigrationOnce(database, dialect)
  })

  it('goes on after its server was gone', { timeout: patient(60_000) }, async () => {
    const lines: string[] = []
    const log = createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } })
    const options = await create()
    const database = await open({ ...options, log })
    await database.migrate()
    await Promise.all(Array.from({ length: 8 }, () => database.fork().insert(MeetingRecord, newMeeting())))
    await restart(async () => {
      expect(await database.isHealthy()).toBe(false)
      await expect(database.fork().count(MeetingRecord)).rejects.toThrow()
    })
    await expect.poll(() => database.isHealthy(), { timeout: patient(20_000) }).toBe(true)
    const counts = await Promise.all(Array.from({ length: 8 }, () => database.fork().count(MeetingRecord)))
    expect(counts).toEqual(Array.from({ length: 8 }, () => 8))
    expect(lines.join()).toContain('database connection lost')
    for (const secret of [new URL(options.url).password, 'p@ss', 'secretKey', 'insert into'])
      expect(lines.join()).not.toContain(secret)
  })

  it('picks the driver by what the server is', async () => {
    const { url, ...options } = await create()
    for (const scheme of dialect === 'mysql' ? ['mysql', 'mariadb'] : ['postgres', 'postgresql']) {
      const database = await open({ ...options, url: url.replace(/^[a-z]+/, scheme) })
      const expected = dialect === 'mysql' ? 'MariaDbPlatform' : 'PostgreSqlPlatform'
      expect(database.fork().getPlatform().constructor.name).toBe(expected)
    }
  })

  it.each([
    [
      'a password that is wrong',
      { password: 'hunter2' },
      /^The database server at 127\.0\.0\.1:\d+ refuses the user meet or the password\./,
    ],
    ['a user that is unknown', { username: 'eve' }, /refuses the user eve or the password/],
    ['a database that is not there', { pathname: '/meet_none' }, /has no database meet_none\. Create it/],
    ['a port where nothing listens', { port: '9' }, /^The database server at 127\.0\.0\.1:9 does not answer/],
    [
      'a host that is not known',
      { hostname: 'nowhere.invalid' },
      /^The database server at nowhere\.invalid:\d+ is not known by that name/,
    ],
    [
      'a file of authorities that is not there',
      { search: '?sslmode=require&sslrootcert=/none' },
      /file \/none/,
    ],
  ])('says what to do about %s, and no secret', async (_, change, sentence) => {
    const { url, ...options } = await create()
    const changed = Object.assign(new URL(url), change)
    const error = await openDatabase({ ...options, url: changed.href }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AppError)
    const { message } = error as AppError
    expect(message).toMatch(sentence)
    expect(message).not.toContain(decodeURIComponent(changed.password))
  })
})

describe('PostgreSQL', () => {
  const { certificate, create, open: openMigrated } = on.postgresql

  it('ends a query that takes too long, and speaks of UTC', async () => {
    const database = await openMigrated()
    const show = async (name: string) =>
      Object.values((await database.fork().execute(`show ${name}`))[0] ?? {})
    expect(await show('statement_timeout')).toEqual(['5s'])
    expect(await show('timezone')).toEqual(['UTC'])
  })

  it('is known by its certificate, if that is asked for', async () => {
    const { url, ...options } = await create()
    const openAt = (host: string, query: string) =>
      open({ ...options, url: `${url.replace('127.0.0.1', host)}?${query}` })
    const trusted = `sslmode=verify-full&sslrootcert=${certificate()}`
    const encrypted = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()'
    for (const query of ['sslmode=require', trusted]) {
      const database = await openAt('localhost', query)
      expect(await database.fork().execute(encrypted)).toEqual([{ ssl: true }])
    }
    await expect(openAt('localhost', 'sslmode=verify-full')).rejects.toThrow(
      'certificate that is not trusted',
    )
    await expect(openAt('127.0.0.1', trusted)).rejects.toThrow('certificate that is not trusted')
  })

  it('says so when the user may make no tables', async () => {
    const { url, ...options } = await create()
    const database = await open({ ...options, url: url.replace(/\w+$/, 'postgres') })
    await expect(database.migrate()).rejects.toThrow('lets the user meet make no tables in postgres')
  })
})

describe('MariaDB', () => {
  it('says so when it offers no TLS', async () => {
    const { url, ...options } = await on.mysql.create()
    await expect(open({ ...options, url: `${url}?sslmode=require` })).rejects.toThrow('offers no TLS')
  })
})

class Families extends Migration {
  override name = 'Families'

  override up(): void {
    this.addSql('create table parents (id int not null primary key, name varchar(20) not null)')
    this.addSql(
      'create table children (parent_id int not null, constraint children_parent foreign key (parent_id) references parents (id) on delete cascade)',
    )
  }
}

/** Lets `parents.name` be null, as MikroORM writes it. */
const NAMELESS: Record<DialectName, Migrations[number]> = {
  sqlite: class Nameless extends Migration {
    override name = 'Nameless'

    override up(): void {
      this.addSql('pragma foreign_keys = off')
      this.addSql('create table parents__temp (id int not null primary key, name varchar(20) null)')
      this.addSql('insert into parents__temp select id, name from parents')
      this.addSql('drop table parents')
      this.addSql('alter table parents__temp rename to parents')
      this.addSql('pragma foreign_keys = on')
    }
  },
  postgresql: class Nameless extends Migration {
    override name = 'Nameless'

    override up(): void {
      this.addSql('alter table parents alter column name drop not null')
    }
  },
  mysql: class Nameless extends Migration {
    override name = 'Nameless'

    override up(): void {
      this.addSql('alter table parents modify name varchar(20) null')
    }
  },
}
