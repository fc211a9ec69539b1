import { randomUUID } from 'node:crypto'
import path from 'node:path'
import cookie from '@fastify/cookie'
import { routes } from '@video-meet/protocol'
import '@video-meet/protocol/english'
import { type FastifyInstance, type FastifyReply, fastify, LogController } from 'fastify'
import type * as z from 'zod/mini'
import { clientAddress } from '../platform/client-address.ts'
import { AppError } from '../platform/errors.ts'
import type { Logger } from '../platform/logger.ts'
import { TokenBuckets } from '../platform/token-buckets.ts'
import { rememberMethods } from './allowed-methods.ts'
import { answerErrors, answerUnmatched, logRequests } from './answers.ts'
import { bindRoute } from './bind-route.ts'
import { allowCrossOrigin, allowedOrigins, refuseForeignOrigins } from './cross-origin.ts'
import { answerBrokenRequest, BARE_HEADERS, toHttpError } from './http-errors.ts'
import type { IdempotencyStore } from './idempotency.ts'
import { addOpenApi } from './openapi.ts'
import type { Guard } from './principal.ts'
import { deviceCookie, refreshCookie } from './refresh-cookie.ts'
import { addSecurityHeaders } from './security-headers.ts'
import { serveWebClient } from './web-client.ts'

const HEADERS_TIMEOUT_MS = 15_000
const REQUEST_TIMEOUT_MS = 30_000
const TIMEOUT_CHECK_INTERVAL_MS = 5_000
const MAX_HEADER_BYTES = 16 * 1024
const MAX_BODY_BYTES = 100 * 1024
/** Wrong tokens of one network. */
const WRONG_TOKENS = { burst: 60, perMinute: 30 }
/** The list of problems with a body can be longer than the body. */
const MAX_ISSUES = 20
const MAX_ISSUE_LENGTH = 200
const WEB_FOLDER = path.resolve(import.meta.dirname, '../../../web/dist')

declare module 'fastify' {
  interface FastifyRequest {
    /** Where the request came from, seen past the proxies. */
    clientAddress: string
  }
}

/** The part of the configuration that the HTTP server needs. */
export interface HttpSettings {
  readonly publicUrl: string
  readonly corsOrigins: readonly string[]
  readonly trustProxy: number
}

interface HttpServerOptions {
  readonly config: HttpSettings
  readonly log: Logger
  readonly guard: Guard
  readonly idempotency: IdempotencyStore
  /** How much more often than said routes may be called, for tests. */
  readonly limitFactor?: number | undefined
  /** Whether meetings can be held now. */
  readonly ready: () => boolean | Promise<boolean>
  /** False when only a restart of the process helps. */
  readonly alive?: () => boolean
  /** Folder of the built web client; by default that of this repository. */
  readonly webFolder?: string
}

/** The HTTP server; the routes of the features are bound to it before it listens. */
export async function createHttpServer(options: HttpServerOptions): Promise<FastifyInstance> {
  const { ready, alive = () => true, webFolder: folder = WEB_FOLDER } = options
  const { publicUrl, corsOrigins, trustProxy } = options.config
  const log = options.log.child({ name: 'http' })
  const app = createApp(log)
  const methods = rememberMethods(app)
  answerErrors(app, log)
  logRequests(app, log)
  identifyRequests(app, trustProxy)
  await addSecurityHeaders(app, publicUrl)
  await allowCrossOrigin(app, corsOrigins)
  refuseForeignOrigins(app, { allowed: allowedOrigins(publicUrl, corsOrigins), publicUrl })
  await addOpenApi(app, publicUrl)
  await app.register(cookie)
  app.decorate('routeDoor', {
    guard: options.guard,
    rejections: new TokenBuckets(WRONG_TOKENS),
    idempotency: options.idempotency,
    cookies: { refresh: refreshCookie(publicUrl), device: deviceCookie(publicUrl) },
    limitFactor: options.limitFactor ?? 1,
  })
  app.decorateRequest('principal', null)
  bindHealthRoutes(app, { ready, alive })
  const web = await serveWebClient(app, { folder, publicUrl })
  answerUnmatched(app, { methods, web })
  return app
}

function createApp(log: Logger): FastifyInstance {
  const app = fastify({
    http: {
      headersTimeout: HEADERS_TIMEOUT_MS,
      connectionsCheckingInterval: TIMEOUT_CHECK_INTERVAL_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    },
    requestTimeout: REQUEST_TIMEOUT_MS,
    bodyLimit: MAX_BODY_BYTES,
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    clientErrorHandler: (error, socket) => answerBrokenRequest(error, socket, randomUUID()),
    frameworkErrors: (error, { id }, reply) => {
      const { status, body } = toHttpError(error, id)
      void (reply as FastifyReply)
        .status(status)
        .headers({ ...BARE_HEADERS, 'x-request-id': id })
        .send(body)
    },
  })
  // A form of another site can send text/plain without asking first; JSON it cannot.
  app.removeContentTypeParser('text/plain')
  // Only routes that take an upload look at it.
  app.addContentTypeParser(/^image\//, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.setValidatorCompiler(
    ({ schema, httpPart }) =>
      (input) =>
        validate(schema as z.ZodMiniType, input, httpPart),
  )
  app.setSerializerCompiler(() => (output) => JSON.stringify(output))
  return app as unknown as FastifyInstance
}

function validate(schema: z.ZodMiniType, input: unknown, part = 'body') {
  const { success, data, error } = schema.safeParse(input)
  if (success) return { value: data }
  const issues = error.issues.slice(0, MAX_ISSUES).map(({ path: inside, message }) => ({
    at: [part, ...inside].join('.').slice(0, MAX_ISSUE_LENGTH),
    message: message.slice(0, MAX_ISSUE_LENGTH),
  }))
  const sentences = issues.map(({ at, message }) => `${at}: ${message}`).join('; ')
  return {
    error: new AppError('bad_request', `The request is not valid. ${sentences}`, { details: { issues } }),
  }
}

function identifyRequests(app: FastifyInstance, proxies: number): void {
  app.decorateRequest('clientAddress', '')
  app.addHook('onRequest', async (request, reply) => {
    request.clientAddress = clientAddress(request.raw, proxies)
    reply.header('x-request-id', request.id)
  })
}

function bindHealthRoutes(
  app: FastifyInstance,
  { ready, alive }: Required<Pick<HttpServerOptions, 'ready' | 'alive'>>,
): void {
  bindRoute(app, routes.getHealth, () => {
    if (alive()) return { status: 'ok' as const }
    throw new AppError('unavailable', 'This process cannot recover by itself. Restart it.')
  })
  bindRoute(app, routes.getReadiness, async () => {
    if (await ready()) return { status: 'ready' as const }
    throw new AppError('unavailable', 'The server cannot take meetings now.')
  })
}
