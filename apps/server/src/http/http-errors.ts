import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { type ErrorBody, type ErrorCode, httpStatus } from '@video-meet/protocol'
import type { FastifyError } from 'fastify'
import { storageFailure } from '../db/storage-failure.ts'
import { AppError, toErrorBody } from '../platform/errors.ts'

/** What REST answers an error with. */
export interface HttpError {
  readonly status: number
  readonly body: { readonly error: ErrorBody }
}

/** Headers of answers that no hook of the server sees. */
export const BARE_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' } as const

const CODE_OF_STATUS: Partial<Record<number, ErrorCode>> = {
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'timeout',
  413: 'payload_too_large',
  415: 'unsupported_content_type',
}

/** Translates what a route, a plugin or Fastify threw. */
export function toHttpError(error: unknown, requestId: string): HttpError {
  if (isRefusal(error)) return refusal(error.statusCode, error.message, requestId)
  const body = toErrorBody(storageFailure(error) ?? error, requestId)
  return { status: httpStatus(body.code), body: { error: body } }
}

/** An error with a status that no code of ours has. */
export function refusal(status: number, message: string, requestId: string): HttpError {
  const known = new AppError(CODE_OF_STATUS[status] ?? 'bad_request', message)
  return { status, body: { error: toErrorBody(known, requestId) } }
}

/**
 * Fastify and its plugins mark what the client did wrong with a status, and word it for the client; Node does when the
 * client goes away before all of its request has come.
 */
function isRefusal(error: unknown): error is FastifyError & { statusCode: number } {
  if (!(error instanceof Error) || error instanceof AppError || !('code' in error && 'statusCode' in error))
    return false
  const { code, statusCode } = error
  const isWorded = typeof code === 'string' && (code.startsWith('FST_') || code === 'ECONNRESET')
  return isWorded && typeof statusCode === 'number' && statusCode < 500
}

/** Answers what could not even be parsed as a request. */
export function answerBrokenRequest(
  error: Error & { code?: string },
  socket: Socket,
  requestId: string,
): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, body } = brokenRequest(error.code, requestId)
  const text = JSON.stringify(body)
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Content-Type: application/json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(text)}`,
      `X-Request-Id: ${requestId}`,
      ...Object.entries(BARE_HEADERS).map(([name, value]) => `${name}: ${value}`),
      'Connection: close',
      '',
      text,
    ].join('\r\n'),
  )
}

function brokenRequest(code: string | undefined, requestId: string): HttpError {
  switch (code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return refusal(408, 'The request took too long to arrive.', requestId)
    case 'HPE_HEADER_OVERFLOW':
      return refusal(431, 'The headers of the request are too large.', requestId)
    default:
      return refusal(400, 'This is not a valid HTTP request.', requestId)
  }
}
