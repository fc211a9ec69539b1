import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../src/db/database.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { freePort } from '../lib/free-port.ts'

const log = createLogger({ level: 'silent' })
describe('a database in a file', () => {
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
    expect(await pragma('busy_timeout')).toBe(20)
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

  it('tells whether it is healthy', async () => {
    const database = await open()
    expect(await database.isHealthy()).toBe(true)
    await database.close()
    await database.close()
    expect(await database.isHealthy()).toBe(false)
  })
})

describe('a server whose database is away', () => {
  it('says so and ends, with all that it had started', async () => {
    const main = path.join(import.meta.dirname, '../../src/main.ts')
    const dataDir = await mkdtemp(path.join(tmpdir(), 'database-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    const env = {
      ...process.env,
      PORT: '0',
      RTC_PORT: String(await freePort()),
      RTC_WORKERS: '1',
      DATA_DIR: dataDir,
      DATABASE_URL: 'postgres://meet:hunter2@127.0.0.1:9/meet',
    }
    const errors = await new Promise<string>((resolve, reject) => {
      const child = execFile(process.execPath, [main], { env }, (_error, _stdout, stderr) => {
        if (child.exitCode === 1) resolve(stderr)
        else reject(new Error(`ended with ${child.exitCode}: ${stderr}`))
      })
    })
    expect(errors).toContain('Video Meet did not start.\nThe database server at 127.0.0.1:9 does not answer.')
    expect(errors).not.toContain('hunter2')
  })
})
