import { describe, expect, it } from 'vitest'
import { DatabaseUrlError, describeServer, parseDatabaseUrl } from './database-url.ts'

const parse = (url: string) => parseDatabaseUrl(url, '/srv/meet')

describe('parseDatabaseUrl', () => {
  it.each([
    ['sqlite:', '/srv/meet/video-meet.sqlite'],
    ['sqlite:other.db', '/srv/meet/other.db'],
    ['sqlite:///var/lib/other.db', '/var/lib/other.db'],
    ['sqlite::memory:', ':memory:'],
  ])('takes %s for a file', (url, file) => {
    expect(parse(url)).toEqual({ kind: 'sqlite', file })
  })

  it.each([
    ['postgres', 'postgresql', 5432],
    ['postgresql', 'postgresql', 5432],
    ['mysql', 'mysql', 3306],
    ['mariadb', 'mariadb', 3306],
  ])('takes %s:// for a server', (scheme, kind, port) => {
    expect(parse(`${scheme}://meet:p%40ss%25@db.example/rooms`)).toEqual({
      kind,
      host: 'db.example',
      port,
      user: 'meet',
      password: 'p@ss%',
      database: 'rooms',
      tls: 'disable',
    })
  })

  it('reads port, TLS and the path of a socket', () => {
    expect(
      parse('postgres://meet@[::1]:6432/meet?sslmode=verify-full&sslrootcert=/etc/ca.pem'),
    ).toMatchObject({
      host: '::1',
      port: 6432,
      password: '',
      tls: 'verify-full',
      tlsAuthorities: '/etc/ca.pem',
    })
    expect(parse('postgres://meet@localhost/meet?host=/run/postgresql')).toMatchObject({
      host: '/run/postgresql',
    })
  })

  it.each([
    ['meet.sqlite', 'Begin it with sqlite:'],
    ['mongodb://meet:hunter2@db/meet', 'Begin it with sqlite:'],
    ['postgres:meet', 'Begin it with sqlite:'],
    ['postgres://meet:hunter2/x@db/meet', 'Write it as postgres://user:password@host/database'],
    ['mysql://meet:hunter2#x@db/meet', 'Write it as mysql://user:password@host/database'],
    ['postgres://meet:hunter2%@db/meet', 'Write each %'],
    ['postgres://db/meet', 'Name the user'],
    ['postgres://meet:hunter2@db', 'Name the database'],
    ['postgres://meet:hunter2@db/meet?sslmode=verify-ca', 'Set sslmode to disable, require, verify-full'],
    [
      'mysql://meet:hunter2@10.0.0.7/meet?sslmode=verify-full',
      'write the name of the host, not its IP address',
    ],
    ['mysql://meet:hunter2@db/meet?charset=latin1', 'it may have sslmode, sslrootcert, host, nothing else'],
  ])('refuses %s, and does not repeat it', (url, remedy) => {
    expect(() => parse(url)).toThrow(DatabaseUrlError)
    expect(() => parse(url)).toThrow(remedy)
    expect(() => parse(url)).not.toThrow('hunter2')
  })
})

describe('describeServer', () => {
  it.each([
    ['postgres://meet:hunter2@db.example/meet', 'db.example:5432'],
    ['mysql://meet:hunter2@[::1]/meet', '[::1]:3306'],
    ['postgres://meet:hunter2@localhost/meet?host=/run/postgresql', '/run/postgresql'],
  ])('names the server of %s', (url, name) => {
    const address = parse(url)
    expect(address.kind === 'sqlite' || describeServer(address)).toBe(name)
  })
})
