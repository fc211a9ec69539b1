import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backupSqlite } from './sqlite-backup.ts'

describe('backupSqlite', () => {
  let folder = ''
  let live: DatabaseSync
  const file = () => path.join(folder, 'live.sqlite')
  const target = () => path.join(folder, 'backups', 'copy.sqlite')
  const rowsOf = (copy: string) => {
    using database = new DatabaseSync(copy, { readOnly: true })
    return database.prepare('select count(*) as n from rows').get()?.['n']
  }

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'backup-'))
    live = new DatabaseSync(file())
    live.exec('pragma journal_mode = wal; create table rows (id integer primary key)')
    live.exec('insert into rows values (1), (2)')
  })
  afterEach(() => {
    live.close()
    rmSync(folder, { recursive: true })
  })

  it('copies what was committed, although it is still in the journal and a transaction is open', () => {
    live.exec('begin immediate; insert into rows values (3)')
    expect(backupSqlite(file(), target())).toBe(statSync(target()).size)
    live.exec('commit')
    expect(rowsOf(target())).toBe(2)
    expect(readdirSync(path.dirname(target()))).toEqual(['copy.sqlite'])
  })

  it('copies a database that nobody has open', () => {
    live.close()
    backupSqlite(file(), target())
    expect(rowsOf(target())).toBe(2)
    live = new DatabaseSync(file())
  })

  it('is readable by its owner only', () => {
    chmodSync(file(), 0o644)
    backupSqlite(file(), target())
    expect(statSync(target()).mode & 0o777).toBe(0o600)
    expect(statSync(path.dirname(target())).mode & 0o777).toBe(0o700)
  })

  it('takes the place of an older backup', () => {
    backupSqlite(file(), target())
    live.exec('insert into rows values (3)')
    backupSqlite(file(), target())
    expect(rowsOf(target())).toBe(3)
  })

  it('leaves the older backup alone when the database is damaged', () => {
    backupSqlite(file(), target())
    const before = readFileSync(target())
    const damaged = path.join(folder, 'damaged.sqlite')
    writeFileSync(damaged, 'no database at all, but long enough to be taken for one'.repeat(100))
    expect(() => backupSqlite(damaged, target())).toThrow('not a database')
    expect(readFileSync(target())).toEqual(before)
    expect(readdirSync(path.dirname(target()))).toEqual(['copy.sqlite'])
  })

  it('refuses a copy in which rows refer to nothing', () => {
    live.exec(`pragma foreign_keys = off; create table children (row integer references rows (id));
      insert into children values (9)`)
    expect(() => backupSqlite(file(), target())).toThrow('damaged')
    expect(readdirSync(path.dirname(target()))).toEqual([])
  })

  it('writes neither over the database nor where there is none', () => {
    expect(() => backupSqlite(file(), file())).toThrow('is the database itself')
    expect(() => backupSqlite(path.join(folder, 'none'), target())).toThrow('There is no database')
    expect(readdirSync(folder)).not.toContain('none')
  })
})
