import type { Route } from '@video-meet/protocol'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type * as z from 'zod/mini'
import { addressBlock } from '../platform/client-address.ts'
import { withDeadline } from '../platform/deadline.ts'
import { AppError } from '../platform/errors.ts'
import { TokenBuckets } from '../platform/token-buckets.ts'
import { actOnce, type IdempotencyStore, secretCaller } from './idempotency.ts'
import { admit, assertRecentSignIn, type Guard, needsRecentSignIn, type Principal } from './principal.ts'
import type { CookieAccess, SecretCookie } from './refresh-cookie.ts'
import { documentRoute, nameOf } from './route-docs.ts'
import { expectedVersion, setVersion } from './versions.ts'

/** Longer than waiting for a database connection and a statement may take, shorter than proxies wait. */
const ANSWER_DEADLINE_MS = 20_000
const JSON_TYPE = 'application/json'

/** What routes need of the server that they are bound to. */
export interface RouteDoor {
  readonly guard: Guard
  /** Limits how many tokens that turn out to be wrong one network may show. */
  readonly rejections: TokenBuckets
  readonly idempotency: IdempotencyStore
  readonly cookies: { readonly refresh: CookieAccess; readonly device: CookieAccess }
  /** 1, but for tests of something else than limits. */
  readonly limitFactor: number
}

declare module 'fastify' {
  interface FastifyInstance {
    routeDoor: RouteDoor
  }
  interface FastifyRequest {
    /** Who calls; null for a stranger. */
    principal: Principal | null
  }
}

type Parsed<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined
type Caller<R extends Route> = R['access']['callers'] extends 'users' | 'administrators'
  ? Principal
  : Principal | null

/** One call of a route: who called, and what they sent, parsed. */
export interface RouteCall<R extends Route> {
  readonly caller: Caller<R>
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
  /** The bytes of a route that takes an upload; empty otherwise. */
  readonly upload: Buffer
  /** Version that the caller expects, when they said one. */
  readonly ifMatch: number | undefined
  readonly refreshCookie: SecretCookie
  readonly deviceCookie: SecretCookie
  /** Address of the client, seen past the proxies. */
  readonly address: string
  readonly userAgent: string
}

export type RouteAction<R extends Route> = (
  call: RouteCall<R>,
) => z.input<R['response']> | Promise<z.input<R['response']>>

/**
 * Serves `route`: lets in whom its policy names, validates what comes in, lets only the fields of the response out,
 * limits how often someone may call, and documents it.
 */
export function bindRoute<const R extends Route>(
  app: FastifyInstance,
  route: R,
  action: RouteAction<R>,
): void {
  const { guard, rejections, idempotency, cookies, limitFactor } = app.routeDoor
  const { burst, perMinute } = route.limit
  const buckets = new TokenBuckets({ burst: burst * limitFactor, perMinute: perMinute * limitFactor })
  app.route({
    method: route.method,
    url: route.path,
    schema: documentRoute(route),
    ...(route.upload && { bodyLimit: route.upload.maxBytes }),
    onRequest: async (request, reply) => {
      assertContentType(route, request)
      request.principal = await inTime(admit({ guard, rejections }, route, request))
      const bucket = buckets.of(callerOf(request))
      if (bucket.take()) return
      reply.header('retry-after', bucket.secondsUntil())
      throw new AppError('rate_limited', 'Too many requests. Try again later.')
    },
    handler: async (request, reply) => {
      if (request.principal && needsRecentSignIn(route.access, request.body))
        assertRecentSignIn(request.principal)
      const call = toCall(route, request, {
        refreshCookie: cookies.refresh(request, reply),
        deviceCookie: cookies.device(request, reply),
      })
      const act = async () => route.response.parse(await action(call))
      if (!route.idempotent) return answer(route, reply, await inTime(act()))
      const { 'idempotency-key': key, 'idempotency-secret': secret } = request.headers
      const caller = request.principal?.userId ?? secretCaller(secret)
      const repeatable = { caller, route: nameOf(route), key, body: request.body }
      return answer(
        route,
        reply,
        // The deadline is around all of it: the key stays taken while late work goes on.
        await inTime(actOnce(idempotency, repeatable, act as () => Promise<Record<string, unknown>>)),
      )
    },
  })
}

/**
 * Gives every answer a deadline, whatever the database or another part does. The work goes on; its result is ignored.
 *
 * @throws {AppError} `unavailable`
 */
async function inTime<T>(work: Promise<T>): Promise<T> {
  return withDeadline(work, ANSWER_DEADLINE_MS, 'The answer').catch((error: unknown) => {
    throw error instanceof AppError && error.code === 'timeout'
      ? new AppError('unavailable', 'The server took too long to answer. Try again in a moment.', {
          cause: error,
        })
      : error
  })
}

/**
 * Refuses a body of another kind before any of it is read.
 *
 * @throws {AppError} `unsupported_content_type`
 */
function assertContentType({ body, upload }: Route, { headers }: FastifyRequest): void {
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase()
  if (type === undefined) return
  const taken = upload?.types ?? (body ? [JSON_TYPE] : [])
  if (taken.includes(type)) return
  // Many clients declare JSON with every request; without a body it does no harm.
  if (!body && !upload && type === JSON_TYPE) return
  const remedy = taken.length > 0 ? `Send ${taken.join(' or ')}.` : 'Send no body.'
  throw new AppError('unsupported_content_type', `This address doesn't take ${type.slice(0, 80)}. ${remedy}`)
}

function callerOf({ principal, clientAddress }: FastifyRequest): string {
  return principal?.userId ?? addressBlock(clientAddress)
}

function answer(route: Route, reply: FastifyReply, output: unknown): FastifyReply {
  if (route.versioned) setVersion(reply, output)
  if (route.immutable) reply.header('cache-control', 'public, max-age=31536000, immutable')
  if (route.filename !== undefined)
    reply.header('content-disposition', `attachment; filename="${route.filename}"`)
  if (route.produces)
    reply.type(route.produces === 'image/webp' ? route.produces : `${route.produces}; charset=utf-8`)
  return reply.status(route.status).send(output instanceof Uint8Array ? Buffer.from(output) : output)
}

type CallCookies = Pick<RouteCall<Route>, 'refreshCookie' | 'deviceCookie'>

/** What the route declares, which Fastify has validated; nothing else the client sent gets in. */
function toCall<R extends Route>(route: R, request: FastifyRequest, cookies: CallCookies): RouteCall<R> {
  const call = {
    caller: request.principal,
    params: route.params && request.params,
    query: route.query && request.query,
    body: route.body && request.body,
    upload: uploadOf(route, request),
    ifMatch: route.versioned ? expectedVersion(request.headers['if-match']) : undefined,
    ...cookies,
    address: request.clientAddress,
    userAgent: request.headers['user-agent'] ?? '',
  }
  return call as RouteCall<R>
}

function uploadOf({ upload }: Route, { headers, body }: FastifyRequest): Buffer {
  if (!upload) return Buffer.alloc(0)
  const type = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
  if (!upload.types.includes(type) || !Buffer.isBuffer(body))
    throw new AppError('unsupported_media', `Send one of ${upload.types.join(', ')}.`)
  return body
}
