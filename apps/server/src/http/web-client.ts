import { readFile } from 'node:fs/promises'
import path from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { fillMarkers, pageAt } from './page.ts'

const NOT_BUILT = 'The web client has not been built yet. Stop the server and run: npm start\n'
/** What is asked for below these is a thing that is there or not; it is never a page of the web client. */
const NO_PAGES = ['/api/', '/assets/', '/socket.io/']
/** Names below this carry a hash of their content. */
const HASHED = '/assets/'

interface WebClientOptions {
  /** Folder of the built web client. */
  readonly folder: string
  readonly publicUrl: string
}

/** The pages of the web client; its other files are served as they are. */
export interface WebClient {
  /** Whether `request` opens a page. */
  isPage(request: FastifyRequest): boolean
  sendPage(request: FastifyRequest, reply: FastifyReply): FastifyReply
}

/** Serves the built web client. Without one, every page says how to build it. */
export async function serveWebClient(app: FastifyInstance, options: WebClientOptions): Promise<WebClient> {
  const { folder, publicUrl } = options
  const template = await readTemplate(folder)
  if (template !== undefined) await serveFiles(app, folder)
  return {
    isPage,
    sendPage(request, reply) {
      if (template === undefined) return reply.status(503).type('text/plain; charset=utf-8').send(NOT_BUILT)
      const pathname = pathOf(request)
      const { title, description, listed } = pageAt(pathname)
      if (!listed) reply.header('x-robots-tag', 'noindex')
      reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8')
      return reply.send(fillMarkers(template, { title, description, url: publicUrl + pathname }))
    },
  }
}

async function readTemplate(folder: string): Promise<string | undefined> {
  try {
    return await readFile(path.join(folder, 'index.html'), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function serveFiles(app: FastifyInstance, folder: string): Promise<void> {
  const hashed = path.join(folder, HASHED)
  await app.register(fastifyStatic, {
    root: folder,
    wildcard: false,
    globIgnore: ['index.html*', '**/*.br', '**/*.gz'],
    index: false,
    preCompressed: true,
    decorateReply: false,
    cacheControl: false,
    setHeaders(reply, file) {
      const forever = file.startsWith(hashed)
      reply.header('cache-control', forever ? 'public, max-age=31536000, immutable' : 'no-cache')
    },
  })
}

function isPage(request: FastifyRequest): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false
  const pathname = pathOf(request)
  if (NO_PAGES.some((prefix) => `${pathname}/`.startsWith(prefix))) return false
  return pathname === '/' || (request.headers.accept?.includes('text/html') ?? false)
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?', 1).join()
}
