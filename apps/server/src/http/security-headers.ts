import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

const HSTS_MAX_AGE_S = 31_536_000

/** Hashes (`'sha256-…'`) of inline styles that a library of the web client adds; every other one is refused. */
const STYLE_HASHES: readonly string[] = []

const PERMISSIONS_POLICY = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'fullscreen=(self)',
  'speaker-selection=(self)',
  ...['geolocation', 'usb', 'serial', 'payment', 'midi', 'browsing-topics'].map((feature) => `${feature}=()`),
].join(', ')

/** Content security policy of everything that is served from `publicUrl`. */
export function contentSecurityPolicy(publicUrl: string): Record<string, string[]> {
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", "'wasm-unsafe-eval'"],
    styleSrc: ["'self'", ...STYLE_HASHES],
    imgSrc: ["'self'", 'blob:', 'data:'],
    mediaSrc: ["'self'", 'blob:'],
    fontSrc: ["'self'"],
    // Not every browser lets 'self' cover the WebSocket of the same host.
    connectSrc: ["'self'", publicUrl.replace(/^http/, 'ws')],
    workerSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
  }
}

/** Gives every response the headers of a page that trusts nobody else. */
export async function addSecurityHeaders(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(helmet, {
    global: true,
    contentSecurityPolicy: { useDefaults: false, directives: contentSecurityPolicy(publicUrl) },
    strictTransportSecurity: publicUrl.startsWith('https:')
      ? { maxAge: HSTS_MAX_AGE_S, includeSubDomains: true, preload: false }
      : false,
    xContentTypeOptions: true,
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    crossOriginEmbedderPolicy: false,
    originAgentCluster: true,
    xFrameOptions: { action: 'deny' },
    xDnsPrefetchControl: { allow: false },
    xPermittedCrossDomainPolicies: { permittedPolicies: 'none' },
    xDownloadOptions: false,
    xXssProtection: true,
    xPoweredBy: true,
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', PERMISSIONS_POLICY)
    // Whatever may be kept by a cache says so itself.
    reply.header('cache-control', 'no-store')
  })
}
