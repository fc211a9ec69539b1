import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../platform/errors.ts'

const PREFLIGHT_MAX_AGE_S = 600
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])
const LOOPBACK_HOSTS = ['localhost', '127.0.0.1', '[::1]']

/**
 * The origins whose pages may change something here: the server's own and those of the operator's list. A server on
 * localhost is itself under each of localhost's names.
 */
export function allowedOrigins(publicUrl: string, corsOrigins: readonly string[]): ReadonlySet<string> {
  const own = new URL(publicUrl)
  const names = LOOPBACK_HOSTS.includes(own.hostname) ? LOOPBACK_HOSTS : [own.hostname]
  const port = own.port === '' ? '' : `:${own.port}`
  return new Set([...names.map((name) => `${own.protocol}//${name}${port}`), ...corsOrigins])
}

/** Lets pages of `origins` read what they ask for. The own origin needs no permission. */
export async function allowCrossOrigin(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    origin: [...origins],
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: ['content-type', 'authorization', 'if-match', 'idempotency-key', 'idempotency-secret'],
    exposedHeaders: ['x-request-id', 'retry-after', 'etag'],
    maxAge: PREFLIGHT_MAX_AGE_S,
  })
}

interface OriginPolicy {
  readonly allowed: ReadonlySet<string>
  readonly publicUrl: string
}

/** Refuses changes that a page of another origin asks for; a browser tells with every change which page that is. */
export function refuseForeignOrigins(app: FastifyInstance, { allowed, publicUrl }: OriginPolicy): void {
  app.addHook('onRequest', async ({ method, headers: { origin } }) => {
    if (SAFE_METHODS.has(method) || origin === undefined || allowed.has(origin)) return
    throw new AppError(
      'forbidden',
      `Open this server at ${publicUrl}. Pages of other origins may not change anything here.`,
      { details: { origin } },
    )
  })
}
