import type { ServerAddress } from '../../apps/server/src/db/database-url.ts'

const quote = (text: string): string =>
  /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

/** The line that makes a backup of a database server with the server's own tool, without the password. */
export function dumpCommand(address: ServerAddress, target: string): string {
  const words = address.kind === 'postgresql' ? pgDump(address, target) : mariadbDump(address, target)
  return words.map(quote).join(' ')
}

function pgDump({ host, port, user, database, tls, tlsAuthorities }: ServerAddress, target: string) {
  const place = host.includes(':') ? `[${host}]` : encodeURIComponent(host)
  const query = new URLSearchParams({
    ...(tls === 'disable' ? {} : { sslmode: tls }),
    ...(tlsAuthorities === undefined ? {} : { sslrootcert: tlsAuthorities }),
  })
  const url = `postgresql://${encodeURIComponent(user)}@${place}:${port}/${encodeURIComponent(database)}`
  return [
    'pg_dump',
    '--format=custom',
    '--no-owner',
    `--file=${target}`,
    query.size === 0 ? url : `${url}?${query.toString()}`,
  ]
}

function mariadbDump({ host, port, user, database, tls, tlsAuthorities }: ServerAddress, target: string) {
  return [
    'mariadb-dump',
    '--single-transaction',
    '--no-tablespaces',
    '--default-character-set=utf8mb4',
    ...(host.startsWith('/') ? [`--socket=${host}`] : [`--host=${host}`, `--port=${port}`]),
    ...(tls === 'disable' ? [] : ['--ssl']),
    ...(tls === 'verify-full' ? ['--ssl-verify-server-cert'] : []),
    ...(tlsAuthorities === undefined ? [] : [`--ssl-ca=${tlsAuthorities}`]),
    `--user=${user}`,
    '--password',
    `--result-file=${target}`,
    database,
  ]
}
