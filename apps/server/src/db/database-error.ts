import { AppError } from '../platform/errors.ts'
import { describeServer, type ServerAddress } from './database-url.ts'

type Explain = (address: ServerAddress) => string

const refusedLogin: Explain = ({ user }) =>
  `refuses the user ${user} or the password. Correct them in DATABASE_URL, or the rights of the user on the server; ` +
  'where it wants TLS, add sslmode.'
const noDatabase: Explain = ({ database }) =>
  `has no database ${database}. Create it (docs/operations.md says how), or correct the name in DATABASE_URL.`
const noRights: Explain = ({ user, database }) =>
  `lets the user ${user} make no tables in ${database}. Make the user owner of the database (docs/operations.md says how).`
const unreachable: Explain = () =>
  'does not answer. Start it, or correct host and port in DATABASE_URL; a firewall may be in between.'
const unknownHost: Explain = () => 'is not known by that name. Correct the host in DATABASE_URL.'
const full: Explain = () => 'has no connection left. Raise its limit, or stop what uses so many.'
const starting: Explain = () => 'is still starting or already stopping. Start Video Meet again in a moment.'
const noTls: Explain = () =>
  'offers no TLS. Switch it on there, or remove sslmode from DATABASE_URL if nobody can listen in between.'
const needsTls: Explain = () => 'wants TLS. Add ?sslmode=verify-full to DATABASE_URL.'
const untrusted: Explain = () =>
  'shows a certificate that is not trusted. Name the file of its authority with sslrootcert in DATABASE_URL.'

/** By what the drivers, Node and the servers call it. */
const BY_CODE = new Map<unknown, Explain>([
  ['ECONNREFUSED', unreachable],
  ['ECONNRESET', unreachable],
  ['EHOSTUNREACH', unreachable],
  ['ENETUNREACH', unreachable],
  ['ENOENT', unreachable],
  ['ETIMEDOUT', unreachable],
  ['PROTOCOL_CONNECTION_LOST', unreachable],
  ['ENOTFOUND', unknownHost],
  ['EAI_AGAIN', unknownHost],
  ['28000', refusedLogin],
  ['28P01', refusedLogin],
  ['ER_ACCESS_DENIED_ERROR', refusedLogin],
  ['ER_DBACCESS_DENIED_ERROR', refusedLogin],
  ['3D000', noDatabase],
  ['ER_BAD_DB_ERROR', noDatabase],
  ['42501', noRights],
  ['ER_TABLEACCESS_DENIED_ERROR', noRights],
  ['53300', full],
  ['ER_CON_COUNT_ERROR', full],
  ['ER_TOO_MANY_USER_CONNECTIONS', full],
  ['57P03', starting],
  ['HANDSHAKE_NO_SSL_SUPPORT', noTls],
  ['ER_SECURE_TRANSPORT_REQUIRED', needsTls],
  ['CERT_HAS_EXPIRED', untrusted],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', untrusted],
  ['ERR_TLS_CERT_ALTNAME_INVALID', untrusted],
  ['HANDSHAKE_SSL_ERROR', untrusted],
  ['SELF_SIGNED_CERT_IN_CHAIN', untrusted],
  ['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', untrusted],
  ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', untrusted],
])

/** For what comes without a code. */
const BY_MESSAGE: readonly (readonly [RegExp, Explain])[] = [
  [/timeout|terminated unexpectedly/i, unreachable],
  [/does not support SSL/i, noTls],
  [/password must be a string|client password/i, refusedLogin],
]

/**
 * What an operator can mend as a sentence that shows no secret; anything else as it is. A server's own words never come
 * along: some of them repeat what they were sent.
 */
export function explainDatabaseError(error: unknown, address: ServerAddress): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error
  const explain =
    ('code' in error ? BY_CODE.get(error.code) : undefined) ??
    BY_MESSAGE.find(([pattern]) => pattern.test(error.message))?.[1]
  if (!explain) return error
  const server = `The database server at ${describeServer(address)}`
  return new AppError('unavailable', `${server} ${explain(address)}`, { cause: error })
}
