import { DriverException, UniqueConstraintViolationException } from '@mikro-orm/core'
import { describe, expect, it } from 'vitest'
import { AppError } from '../platform/errors.ts'
import { storageFailure } from './storage-failure.ts'

const withCode = (code: string) => Object.assign(new Error('internal words'), { code })
const withResult = (errcode: number) =>
  Object.assign(new Error('internal words'), { code: 'ERR_SQLITE_ERROR', errcode })

describe('storageFailure', () => {
  it.each([
    ['a full disk of SQLite', withResult(13), 'its storage is full'],
    ['a read-only file of SQLite, by an extended result code', withResult(1032), 'its storage is read-only'],
    ['a locked file of SQLite', withResult(5), 'The database is busy'],
    ['a damaged file of SQLite', withResult(11), "can't reach its database"],
    ['a full disk of PostgreSQL', withCode('53100'), 'its storage is full'],
    ['too many connections of PostgreSQL', withCode('53300'), 'The database is busy'],
    ['a read-only PostgreSQL', withCode('25006'), 'its storage is read-only'],
    ['a PostgreSQL that shuts down', withCode('57P01'), "can't reach its database"],
    ['a statement of PostgreSQL that took too long', withCode('57014'), 'The database is busy'],
    ['a deadlock of PostgreSQL', withCode('40P01'), 'The database is busy'],
    ['a read-only MariaDB', withCode('ER_OPTION_PREVENTS_STATEMENT'), 'its storage is read-only'],
    ['a full disk of MariaDB', withCode('ER_DISK_FULL'), 'its storage is full'],
    ['a deadlock of MariaDB', withCode('ER_LOCK_DEADLOCK'), 'The database is busy'],
    [
      'a connection of MariaDB that is gone',
      withCode('PROTOCOL_CONNECTION_LOST'),
      "can't reach its database",
    ],
    ['a server that refuses', new DriverException(withCode('ECONNREFUSED')), "can't reach its database"],
    ['a pool that has no connection', withCode('NO_CONNECTION_FREE'), 'The database is busy'],
    ['a connection of pg that ended', new Error('Connection terminated unexpectedly'), "can't reach"],
    ['what MikroORM wraps', new Error('wrapped', { cause: withCode('57P03') }), "can't reach its database"],
  ])('says what people need to know about %s', (_what, error, words) => {
    const failure = storageFailure(error)
    expect(failure).toMatchObject({ code: 'unavailable', cause: error })
    expect(failure?.message).toContain(words)
    expect(failure?.message).not.toContain('internal words')
  })

  it.each([
    ['a constraint violation', new UniqueConstraintViolationException(withCode('23505'))],
    ['a constraint violation of SQLite', withResult(2067)],
    ['a mistake in our SQL', withCode('42601')],
    ['an error of our own', new AppError('conflict', 'No.')],
    ['a fault of the program', new TypeError('x is undefined')],
    ['an error of the system elsewhere', withCode('ECONNREFUSED')],
    ['something that is no error', 'nothing'],
  ])('leaves %s alone', (_what, error) => {
    expect(storageFailure(error)).toBeUndefined()
  })
})
