import { describe, expect, it } from 'vitest'
import { parseDatabaseUrl } from '../../apps/server/src/db/database-url.ts'
import { dumpCommand } from './dump-command.ts'

function commandFor(url: string): string {
  const address = parseDatabaseUrl(url, '/')
  return address.kind === 'sqlite' ? '' : dumpCommand(address, '/backups/it is.dump')
}

describe('dumpCommand', () => {
  it('names the tool of PostgreSQL', () => {
    expect(commandFor('postgres://meet:hunter2@db:6432/rooms?sslmode=verify-full&sslrootcert=/ca.pem')).toBe(
      `pg_dump --format=custom --no-owner '--file=/backups/it is.dump' ` +
        `'postgresql://meet@db:6432/rooms?sslmode=verify-full&sslrootcert=%2Fca.pem'`,
    )
    expect(commandFor('postgres://meet@localhost/rooms?host=/run/postgresql')).toContain(
      'postgresql://meet@%2Frun%2Fpostgresql:5432/rooms',
    )
  })

  it('names the tool of MariaDB', () => {
    expect(commandFor('mysql://meet:hunter2@db/rooms')).toBe(
      'mariadb-dump --single-transaction --no-tablespaces --default-character-set=utf8mb4 --host=db ' +
        `--port=3306 --user=meet --password '--result-file=/backups/it is.dump' rooms`,
    )
    expect(commandFor('mysql://meet@db/rooms?sslmode=verify-full')).toContain(
      '--ssl --ssl-verify-server-cert --user=meet',
    )
  })
})
