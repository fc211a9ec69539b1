import { execFile as execFileWithCallback } from 'node:child_process'
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { promisify } from 'node:util'
import { MikroORM } from '@mikro-orm/sql'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { MeetingRecord } from '../../src/db/entities/meeting-record.ts'
import { sqliteOptions } from '../../src/db/orm-options.ts'
import { createLogger } from '../../src/platform/logger.ts'

const execFile = promisify(execFileWithCallback)
const log = createLogger({ level: 'silent' })
const meeting = {
  id: '7d9f6a52-5f0e-4b6f-9a86-0a3f3c1d2e4b',
  code: 'abcd-efghjk-mnpq',
  title: 'Añejo 🎉',
  createdAt: new Date('2026-03-04T05:06:07.089Z'),
}

describe('the database', () => {
  let dataDir = ''
  const file = () => path.join(dataDir, 'video-meet.sqlite')
  const open = (url = 'sqlite:') => openDatabase({ url, dataDir, log })
  /** Runs `sql` as a program that is not ours. */
  function tamper(sql: string): void {
    using raw = new DatabaseSync(file(), { enableForeignKeyConstraints: false })
    raw.exec(sql)
  }

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'database-'))
  })
  afterEach(() => rm(dataDir, { recursive: true }))

  it('keeps records over a restart, and migrates once', async () => {
    const first = await open()
    await first.migrate()
    await first.fork().insert(MeetingRecord, meeting)
    await first.close()

    const second = await open()
    await second.migrate()
    expect(await second.fork().findOneOrFail(MeetingRecord, { code: meeting.code })).toEqual(meeting)
    await second.close()
  })

  it('has the schema that its entities describe', async () => {
    const database = await open()
    await database.migrate()
    await database.close()
    const orm = await MikroORM.init({ ...sqliteOptions(file()), debug: false })
    expect(await orm.schema.getUpdateSchemaSQL({ wrap: false })).toBe('')
    await orm.close(true)
  })

  it('migrates an empty file for processes that start at once', async () => {
    const script = `
      import { openDatabase } from './src/db/database.ts'
      import { createLogger } from './src/platform/logger.ts'
      const log = createLogger({ level: 'silent' })
      const database = await openDatabase({ url: 'sqlite:', dataDir: process.argv[1], log })
      await database.migrate()
      await database.close()`
    const cwd = path.join(import.meta.dirname, '../..')
    const start = () => execFile(process.execPath, ['--input-type=module', '-e', script, dataDir], { cwd })
    await expect(Promise.all([start(), start()])).resolves.toHaveLength(2)
  })

  it('refuses a database that a newer version wrote', async () => {
    const database = await open()
    await database.migrate()
    await database.close()
    tamper(`insert into mikro_orm_migrations (name) values ('Migration29990101000000_future')`)

    const older = await open()
    await expect(older.migrate()).rejects.toThrow(
      'written by a newer version of Video Meet (it has Migration29990101000000_future)',
    )
    await older.close()
  })

  it('undoes a migration that leaves rows which refer to nothing', async () => {
    tamper(`create table parents (id integer primary key);
      create table children (parent integer references parents (id));
      insert into children values (1)`)
    const database = await open()
    await expect(database.migrate()).rejects.toThrow('refer to nothing')
    const tables = await database.fork().execute(`select name from sqlite_master where name = 'meetings'`)
    expect(tables).toEqual([])
    await database.close()
  })

  it('is opened as the rules for data ask', async () => {
    const database = await open()
    const pragma = async (name: string) =>
      Object.values((await database.fork().execute(`pragma ${name}`))[0] ?? {})[0]
    await database.migrate()
    expect(await pragma('journal_mode')).toBe('wal')
    expect(await pragma('synchronous')).toBe(2)
    expect(await pragma('foreign_keys')).toBe(1)
    expect(await pragma('busy_timeout')).toBe(5000)
    for (const suffix of ['', '-wal', '-shm']) {
      expect((await stat(`${file()}${suffix}`)).mode & 0o777).toBe(0o600)
    }
    await database.close()
  })

  it('takes back the rights that others had on the file', async () => {
    tamper('create table t (x)')
    await chmod(file(), 0o644)
    const database = await open()
    await database.migrate()
    expect((await stat(file())).mode & 0o777).toBe(0o600)
    await database.close()
  })

  it('opens the file that is named, relative to the data directory', async () => {
    const database = await open('sqlite:other.db')
    await database.migrate()
    await database.close()
    expect((await stat(path.join(dataDir, 'other.db'))).isFile()).toBe(true)
  })

  it.each(['postgres://user:hunter2@db/meet', 'meet.sqlite'])(
    'opens no %s, and does not print it',
    async (url) => {
      const error = await open(url).catch(String)
      expect(error).toContain('sqlite:')
      expect(error).not.toContain('hunter2')
    },
  )

  it('tells whether it is healthy', async () => {
    const database = await open()
    expect(await database.isHealthy()).toBe(true)
    await database.close()
    await database.close()
    expect(await database.isHealthy()).toBe(false)
  })
})
