import { readFile } from 'node:fs/promises'
import { checkServerIdentity, type PeerCertificate } from 'node:tls'
import { AppError } from '../../platform/errors.ts'
import type { ServerAddress } from '../database-url.ts'

/** Connections of one process; a store holds one for milliseconds. */
export const MAX_CONNECTIONS = 10
export const CONNECT_TIMEOUT_MS = 10_000
/** Limit for waiting until one of the connections is free. */
export const ACQUIRE_TIMEOUT_MS = 8000
/** How long a process waits at its start for another one that migrates. */
export const MIGRATION_WAIT_S = 300

export const waitedTooLong = (cause?: unknown): AppError =>
  new AppError(
    'unavailable',
    `Another process has been migrating the database for ${MIGRATION_WAIT_S} s. Start again when it is done.`,
    { cause },
  )

/** TLS as `address` asks for it, in the words of Node's TLS; `false` for none. */
export async function tlsOptions({ host, tls, tlsAuthorities }: ServerAddress) {
  if (tls === 'disable') return false
  const isVerified = tls === 'verify-full'
  const ca = tlsAuthorities === undefined ? undefined : await readAuthorities(tlsAuthorities)
  return {
    rejectUnauthorized: isVerified,
    // For an IP address pg would compare the certificate with `localhost`.
    checkServerIdentity: (_name: string, certificate: PeerCertificate) =>
      isVerified ? checkServerIdentity(host, certificate) : undefined,
    ...(ca === undefined ? {} : { ca }),
  }
}

async function readAuthorities(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new AppError('unavailable', `The file ${file}, sslrootcert of DATABASE_URL, cannot be read.`, {
      cause,
    })
  }
}
