import type { FastifyInstance } from 'fastify'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import type { AllowedMethods } from './allowed-methods.ts'
import { refusal, toHttpError } from './http-errors.ts'
import type { WebClient } from './web-client.ts'

/** Answers every error in the one shape that errors have, and logs those that someone should know of. */
export function answerErrors(app: FastifyInstance, log: Logger): void {
  app.setErrorHandler((error, request, reply) => {
    const { status, body } = toHttpError(error, request.id)
    const { id: requestId, method, clientAddress: address, routeOptions } = request
    const entry = { requestId, method, route: routeOptions.url, code: body.error.code }
    if (status >= 500) log.error({ ...entry, err: error }, 'request failed')
    else if (status === 401 || status === 403) log.info({ ...entry, address }, 'request refused')
    const seconds = retryAfterIn(body.error.details)
    if (seconds !== undefined && !reply.hasHeader('retry-after')) reply.header('retry-after', seconds)
    return reply.status(status).send(body)
  })
}

/** Seconds to wait, where the details of an error name them. */
function retryAfterIn(details: unknown): number | undefined {
  if (typeof details !== 'object' || details === null || !('retryAfterSeconds' in details)) return undefined
  const { retryAfterSeconds } = details
  return typeof retryAfterSeconds === 'number' && Number.isFinite(retryAfterSeconds)
    ? retryAfterSeconds
    : undefined
}

interface Unmatched {
  readonly methods: AllowedMethods
  readonly web: WebClient
}

/** Answers what no route matches: with a page of the web client, or with what is wrong about it. */
export function answerUnmatched(app: FastifyInstance, { methods, web }: Unmatched): void {
  app.setNotFoundHandler((request, reply) => {
    const allowed = methods.at(request.url.split('?', 1).join())
    if (allowed.length > 0) {
      const { status, body } = refusal(405, `Use ${allowed.join(' or ')} here.`, request.id)
      return reply.status(status).header('allow', allowed.join(', ')).send(body)
    }
    if (web.isPage(request)) return web.sendPage(request, reply)
    throw new AppError('not_found', 'There is nothing here.')
  })
}

/** One line per request, for those who look closely. */
export function logRequests(app: FastifyInstance, log: Logger): void {
  app.addHook(
    'onResponse',
    async ({ id: requestId, method, routeOptions }, { statusCode: status, elapsedTime }) => {
      log.debug(
        { requestId, method, route: routeOptions.url, status, ms: Math.round(elapsedTime) },
        'request answered',
      )
    },
  )
}
