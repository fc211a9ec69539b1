import type { FastifyReply } from 'fastify'
import { AppError } from '../platform/errors.ts'

/** Says in the ETag which version of a thing `output` shows, as far as its reader may know. */
export function setVersion(reply: FastifyReply, output: unknown): void {
  const details = (output as { details?: { version?: number } | null }).details
  if (details?.version !== undefined) reply.header('etag', `"${details.version}"`)
}

/**
 * The version that If-Match asks for.
 *
 * @returns undefined when any will do
 * @throws {AppError} `bad_request`
 */
export function expectedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(ifMatch.trim())?.[1]
  if (version === undefined)
    throw new AppError('bad_request', 'If-Match: send the ETag that you got with the meeting.')
  return Number(version)
}
