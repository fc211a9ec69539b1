import type { Route } from '@video-meet/protocol'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type * as z from 'zod/mini'
import { addressBlock } from '../platform/client-address.ts'
import { AppError } from '../platform/errors.ts'
import { TokenBuckets } from '../platform/token-buckets.ts'
import { documentRoute } from './route-docs.ts'

type Parsed<Schema> = Schema extends z.ZodMiniType ? z.output<Schema> : undefined

/** One call of a route: what the client sent, parsed. */
export interface RouteCall<R extends Route> {
  readonly params: Parsed<R['params']>
  readonly query: Parsed<R['query']>
  readonly body: Parsed<R['body']>
  /** Address of the client, seen past the proxies. */
  readonly address: string
}

export type RouteAction<R extends Route> = (
  call: RouteCall<R>,
) => z.input<R['response']> | Promise<z.input<R['response']>>

/**
 * Serves `route`: validates what comes in, lets only the fields of the response out, limits how often an address may
 * call, and documents it.
 */
export function bindRoute<const R extends Route>(
  app: FastifyInstance,
  route: R,
  action: RouteAction<R>,
): void {
  const buckets = new TokenBuckets(route.limit)
  app.route({
    method: route.method,
    url: route.path,
    schema: documentRoute(route),
    onRequest: async (request, reply) => {
      const bucket = buckets.of(addressBlock(request.clientAddress))
      if (bucket.take()) return
      reply.header('retry-after', bucket.secondsUntil())
      throw new AppError('rate_limited', 'Too many requests. Try again later.')
    },
    handler: async (request, reply) => {
      const output = await action(toCall(route, request))
      return reply.status(route.status).send(route.response.parse(output))
    },
  })
}

/** What the route declares, which Fastify has validated; nothing else the client sent gets in. */
function toCall<R extends Route>(route: R, request: FastifyRequest): RouteCall<R> {
  const call = {
    params: route.params && request.params,
    query: route.query && request.query,
    body: route.body && request.body,
    address: request.clientAddress,
  }
  return call as RouteCall<R>
}
