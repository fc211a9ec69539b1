import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib'
import { defineRoute, ErrorBody } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { openDatabase } from '../../src/db/database.ts'
import { createIdempotencyStore } from '../../src/db/idempotency-store.ts'
import { bindMeetingRoutes } from '../../src/features/meetings/routes.ts'
import { bindRoute } from '../../src/http/bind-route.ts'
import { createHttpServer, type HttpSettings } from '../../src/http/http-server.ts'
import { AppError } from '../../src/platform/errors.ts'
import { createLogger } from '../../src/platform/logger.ts'
import { createMeetingsPlace } from '../lib/meetings-place.ts'

const PUBLIC_URL = 'https://meet.example.org'
const INDEX = `<!doctype html><title>{{title}}</title><meta name="description" content="{{description}}">
<meta property="og:url" content="{{url}}"><div id="root"></div>`
const SCRIPT = `console.log('${'x'.repeat(2000)}')`
const ErrorAnswer = z.strictObject({ error: z.required(ErrorBody, { requestId: true }) })

const failing = defineRoute({
  method: 'GET',
  path: '/api/v1/failing/:how',
  summary: 'Fail',
  tag: 'test',
  access: { callers: 'anyone' },
  params: z.object({ how: z.enum(['app', 'bug', 'leak', 'shape']) }),
  response: z.object({ fine: z.boolean() }),
  status: 200,
  errors: ['room_full'],
  limit: { burst: 3, perMinute: 60 },
})

interface ServerOptions extends Partial<HttpSettings> {
  readonly ready?: () => boolean
  readonly webFolder?: string
}

describe('the HTTP server', () => {
  let folder = ''
  const closing: (() => Promise<unknown>)[] = []

  beforeEach(async () => {
    folder = path.join(await mkdtemp(path.join(tmpdir(), 'http-')), 'dist')
    await mkdir(path.join(folder, 'assets'), { recursive: true })
    await writeFile(path.join(folder, 'index.html'), INDEX)
    await writeFile(path.join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    const script = path.join(folder, 'assets/main-a1b2c3.js')
    await writeFile(script, SCRIPT)
    await writeFile(`${script}.br`, brotliCompressSync(SCRIPT))
    await writeFile(`${script}.gz`, gzipSync(SCRIPT))
  })
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
    await rm(path.dirname(folder), { recursive: true })
  })

  async function startServer(options: ServerOptions = {}): Promise<FastifyInstance> {
    const { ready = () => true, webFolder = folder, ...settings } = options
    const log = createLogger({ level: 'silent' })
    const database = await openDatabase({ url: 'sqlite::memory:', dataDir: folder, log })
    await database.migrate()
    const config = { publicUrl: PUBLIC_URL, corsOrigins: [], trustProxy: 0, ...settings }
    const guard = { authenticate: async () => null, anyoneMayCreate: () => true }
    const idempotency = createIdempotencyStore(database)
    const app = await createHttpServer({ config, log, guard, idempotency, ready, webFolder })
    const { meetings } = createMeetingsPlace({ database, publicUrl: config.publicUrl })
    bindMeetingRoutes(app, {
      meetings,
      hostTokens: { issue: async () => 'token' },
      ownerOf: () => Promise.reject(new Error('nobody is signed in')),
      calendarOf: () => Promise.reject(new Error('nobody asks')),
      audit: async () => undefined,
    })
    bindRoute(app, failing, ({ params: { how } }) => {
      if (how === 'app') throw new AppError('room_full', 'The room is full.', { details: { max: 2 } })
      if (how === 'bug') throw new TypeError('password is hunter2')
      if (how === 'leak') return { fine: true, passwordHash: 'hunter2' } as { fine: boolean }
      return { fine: 'hunter2' } as unknown as { fine: boolean }
    })
    closing.push(
      () => app.close(),
      () => database.close(),
    )
    return app
  }

  const create = (app: FastifyInstance, headers: Record<string, string> = {}, payload: unknown = {}) =>
    app.inject({ method: 'POST', url: '/api/v1/meetings', headers, payload: payload as object })
  const open = (app: FastifyInstance, url: string) =>
    app.inject({ url, headers: { accept: 'text/html,*/*;q=0.8' } })

  describe('routes', () => {
    it('give the first answer again only to who sends the same secret with the same key', async () => {
      const app = await startServer()
      const key = { 'idempotency-key': 'the-same-key' }
      const as = (secret: string) => ({ ...key, 'idempotency-secret': secret.repeat(32) })
      const codes = []
      for (const headers of [as('a'), as('a'), as('b'), key, key])
        codes.push((await create(app, headers)).json<{ code: string }>().code)
      expect(codes[1]).toBe(codes[0])
      expect(new Set(codes).size).toBe(4)
      expect((await create(app, { ...key, 'idempotency-secret': 'short' })).statusCode).toBe(400)
    })

    it.each(['a\ud800b', 'a\0b'])('refuse the title %j', async (title) => {
      const app = await startServer()
      const refused = await create(app, { 'content-type': 'application/json' }, JSON.stringify({ title }))
      expect(refused.statusCode).toBe(400)
    })

    it('create a meeting and find it again', async () => {
      const app = await startServer()
      const created = await create(app, {}, { title: '  Weekly   planning ' })
      expect(created.statusCode).toBe(201)
      expect(created.json()).toMatchObject({ title: 'Weekly planning' })
      for (const name of ['id', 'code']) {
        const found = await app.inject(`/api/v1/meetings/${created.json()[name]}`)
        expect({ ...found.json<object>(), hostToken: 'token' }).toEqual(created.json())
        expect(found.headers['cache-control']).toBe('no-store')
      }
    })

    it('let only the fields of the response out', async () => {
      const app = await startServer()
      expect((await app.inject('/api/v1/failing/leak')).json()).toEqual({ fine: true })
    })

    it('tell whether the server is alive and ready', async () => {
      let isReady = false
      const app = await startServer({ ready: () => isReady })
      expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' })
      expect((await app.inject('/readyz')).statusCode).toBe(503)
      isReady = true
      expect((await app.inject('/readyz')).json()).toEqual({ status: 'ready' })
    })
  })

  describe('errors', () => {
    it.each([
      ['GET', '/api/v1/meetings/abcd-efghjk-mnpq', undefined, 404, 'meeting_not_found'],
      ['GET', '/api/v1/meetings/nonsense', undefined, 400, 'bad_request'],
      ['GET', '/api/v1/nothing', undefined, 404, 'not_found'],
      ['GET', '/api', undefined, 404, 'not_found'],
      ['GET', '/api/%zz', undefined, 400, 'bad_request'],
      ['DELETE', '/api/v1/meetings', undefined, 405, 'method_not_allowed'],
      ['POST', '/api/v1/meetings/abcd-efghjk-mnpq', '{}', 405, 'method_not_allowed'],
      ['POST', '/api/v1/meetings', '{"title":', 400, 'bad_request'],
      ['POST', '/api/v1/meetings', '{"__proto__":{"x":1}}', 400, 'bad_request'],
      ['POST', '/api/v1/meetings', '{"title":"\\u202e"}', 400, 'bad_request'],
      ['POST', '/api/v1/meetings', '{"unknown":1}', 400, 'bad_request'],
      [
        'POST',
        '/api/v1/meetings',
        JSON.stringify({ title: 'x'.repeat(101 * 1024) }),
        413,
        'payload_too_large',
      ],
      ['GET', '/api/v1/failing/app', undefined, 409, 'room_full'],
      ['GET', '/api/v1/failing/bug', undefined, 500, 'internal'],
      ['GET', '/api/v1/failing/shape', undefined, 500, 'internal'],
    ] as const)('have one shape: %s %s', async (...[method, url, payload, status, code]) => {
      const app = await startServer()
      const headers = payload === undefined ? {} : { 'content-type': 'application/json' }
      const response = await app.inject({
        method,
        url,
        headers,
        ...(payload === undefined ? {} : { payload }),
      })
      expect(response.statusCode).toBe(status)
      const { error } = ErrorAnswer.parse(response.json())
      expect(error.code).toBe(code)
      expect(error.requestId).toBe(response.headers['x-request-id'])
      expect(response.headers['x-content-type-options']).toBe('nosniff')
      expect(response.body).not.toContain('hunter2')
    })

    it('name what is wrong with the input', async () => {
      const { error } = (await create(await startServer(), {}, { title: 5 })).json()
      expect(error.message).toContain('body.title')
      expect(error.details).toEqual({ issues: [{ at: 'body.title', message: expect.any(String) }] })
    })

    it('carry the details that were meant for the caller', async () => {
      const { error } = (await (await startServer()).inject('/api/v1/failing/app')).json()
      expect(error).toMatchObject({ message: 'The room is full.', details: { max: 2 } })
    })

    it('refuse what is no JSON', async () => {
      const app = await startServer()
      const response = await app.inject({
        method: 'POST',
        url: '/api/v1/meetings',
        headers: { 'content-type': 'text/plain' },
        payload: '{}',
      })
      expect(response.statusCode).toBe(415)
      expect(ErrorAnswer.parse(response.json()).error.code).toBe('unsupported_content_type')
    })

    it('tell which methods a path knows', async () => {
      const response = await (await startServer()).inject({ method: 'PUT', url: '/api/v1/meetings' })
      expect(response.headers.allow).toBe('POST, GET, HEAD')
    })

    it.each([
      ['no HTTP at all', 'nonsense\r\n\r\n', 400],
      ['too many headers', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ])('answer %s', async (_name, bytes, status) => {
      const app = await startServer()
      await app.listen({ port: 0, host: '127.0.0.1' })
      const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
      socket.end(bytes)
      const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
      expect(head).toContain(`HTTP/1.1 ${status} `)
      expect(ErrorAnswer.parse(JSON.parse(body)).error.code).toBe('bad_request')
    })
  })

  describe('limits', () => {
    it('let an address call so often and no more', async () => {
      const app = await startServer()
      const statuses: number[] = []
      for (let i = 0; i < 4; i += 1) statuses.push((await app.inject('/api/v1/failing/leak')).statusCode)
      expect(statuses).toEqual([200, 200, 200, 429])
      const refused = await app.inject('/api/v1/failing/leak')
      expect(refused.headers['retry-after']).toBe('1')
      expect(ErrorAnswer.parse(refused.json()).error.code).toBe('rate_limited')
    })

    it('count each client behind a proxy for itself, and believe no client', async () => {
      const app = await startServer({ trustProxy: 1 })
      const statusFor = async (forwardedFor: string) =>
        (await app.inject({ url: '/api/v1/failing/leak', headers: { 'x-forwarded-for': forwardedFor } }))
          .statusCode
      for (let i = 0; i < 3; i += 1) expect(await statusFor(`10.9.8.${i}, 198.51.100.1`)).toBe(200)
      expect(await statusFor('10.9.8.7, 198.51.100.1')).toBe(429)
      expect(await statusFor('10.9.8.7, 198.51.100.2')).toBe(200)
    })

    it('ignore that header when there is no proxy', async () => {
      const app = await startServer()
      const headers = (i: number) => ({ 'x-forwarded-for': `198.51.100.${i}` })
      for (let i = 0; i < 3; i += 1) await app.inject({ url: '/api/v1/failing/leak', headers: headers(i) })
      expect((await app.inject({ url: '/api/v1/failing/leak', headers: headers(4) })).statusCode).toBe(429)
    })

    it('bound how long a request may take to arrive', async () => {
      const { server } = await startServer()
      expect([server.headersTimeout, server.requestTimeout]).toEqual([15_000, 30_000])
    })
  })

  describe('headers', () => {
    it('are those of a page that trusts nobody else', async () => {
      const { headers } = await open(await startServer(), '/')
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none';script-src 'self' 'wasm-unsafe-eval';style-src 'self';img-src 'self' blob: data:;" +
          "media-src 'self' blob:;font-src 'self';connect-src 'self' wss://meet.example.org;worker-src 'self';" +
          "manifest-src 'self';form-action 'self';base-uri 'none';object-src 'none';frame-ancestors 'none'",
        'permissions-policy': expect.stringContaining(
          'camera=(self), microphone=(self), display-capture=(self)',
        ),
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
        'x-frame-options': 'DENY',
      })
      expect(headers).not.toHaveProperty('server')
      expect(headers).not.toHaveProperty('x-powered-by')
    })

    it('ask for https only where there is https', async () => {
      const { headers } = await open(await startServer({ publicUrl: 'http://localhost:3000' }), '/')
      expect(headers).not.toHaveProperty('strict-transport-security')
      expect(headers['content-security-policy']).toContain("connect-src 'self' ws://localhost:3000;")
    })

    it('name each request by an id that the client cannot choose', async () => {
      const app = await startServer()
      const response = await app.inject({ url: '/healthz', headers: { 'x-request-id': 'mine' } })
      expect(response.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/)
    })
  })

  describe('origins', () => {
    it.each([
      'https://evil.example',
      'https://meet.example.org.evil.example',
      'http://meet.example.org',
      'null',
    ])('refuse a change that a page of %s asks for', async (origin) => {
      const response = await create(await startServer(), { origin })
      expect(response.statusCode).toBe(403)
      expect(ErrorAnswer.parse(response.json()).error.code).toBe('forbidden')
      expect(response.headers).not.toHaveProperty('access-control-allow-origin')
    })

    it('accept the own origin, and callers that are no page', async () => {
      const app = await startServer()
      expect((await create(app, { origin: PUBLIC_URL })).statusCode).toBe(201)
      expect((await create(app)).statusCode).toBe(201)
    })

    it('let a listed origin in, and only that one', async () => {
      const app = await startServer({ corsOrigins: ['https://intranet.example.org'] })
      const allowed = await create(app, { origin: 'https://intranet.example.org' })
      expect(allowed.statusCode).toBe(201)
      expect(allowed.headers['access-control-allow-origin']).toBe('https://intranet.example.org')
      const preflight = await app.inject({
        method: 'OPTIONS',
        url: '/api/v1/meetings',
        headers: { origin: 'https://intranet.example.org', 'access-control-request-method': 'POST' },
      })
      expect(preflight.statusCode).toBe(204)
      const other = await app.inject({ url: '/healthz', headers: { origin: 'https://evil.example' } })
      expect(other.headers).not.toHaveProperty('access-control-allow-origin')
    })
  })

  describe('the description of the API', () => {
    interface Operation {
      operationId: string
      parameters?: { name: string; in: string; required: boolean }[]
      responses: Record<string, { description: string; content: Record<string, { examples?: object }> }>
    }
    interface Document {
      openapi: string
      servers: { url: string }[]
      paths: Record<string, Record<string, Operation>>
      components: { schemas: Record<string, { properties?: object }> }
    }

    async function readDocument(): Promise<Document> {
      return (await (await startServer()).inject('/api/openapi.json')).json<Document>()
    }

    it('is OpenAPI 3.1, lists every route once and refers to nothing that is not there', async () => {
      const document = await readDocument()
      expect(document.openapi).toBe('3.1.0')
      expect(document.servers).toEqual([{ url: PUBLIC_URL }])
      const operations = Object.values(document.paths).flatMap((item) => Object.values(item))
      const ids = operations.map(({ operationId }) => operationId)
      expect(ids).toEqual(
        expect.arrayContaining(['getHealth', 'getReadiness', 'createMeeting', 'getMeeting']),
      )
      expect(new Set(ids).size).toBe(ids.length)
      const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)
      for (const [, name = ''] of references) expect(document.components.schemas).toHaveProperty(name)
    })

    it('declares the parameters of each path', async () => {
      const { paths } = await readDocument()
      expect(paths['/api/v1/meetings/{id}']?.get?.parameters).toEqual([
        expect.objectContaining({ name: 'id', in: 'path', required: true }),
      ])
    })

    it('shows the errors of each route', async () => {
      const { paths, components } = await readDocument()
      const responses = paths['/api/v1/meetings/{id}']?.get?.responses
      expect(Object.keys(responses ?? {})).toEqual(['200', '400', '404', '429', '500', '503'])
      expect(responses?.[404]).toEqual({
        description: 'meeting_not_found',
        content: {
          'application/json': {
            schema: { $ref: '#/components/schemas/Error' },
            examples: { meeting_not_found: { value: expect.objectContaining({ error: expect.anything() }) } },
          },
        },
      })
      expect(components.schemas.Error?.properties).toHaveProperty('error')
    })

    it('can be browsed, by files of this server and without inline scripts', async () => {
      const app = await startServer()
      const page = await app.inject('/api/docs')
      expect(page.headers['content-type']).toContain('text/html')
      const policy = String(page.headers['content-security-policy'])
      expect(policy).toContain("script-src 'self' 'wasm-unsafe-eval';")
      expect(policy).not.toContain('unsafe-inline')
      expect(page.body).not.toMatch(/<script(?![^>]*\ssrc=)/)
      const scripts = [...page.body.matchAll(/<script src="([^"]+)"/g)]
      expect(scripts.length).toBeGreaterThan(0)
      for (const [, src = ''] of scripts) expect((await app.inject(src)).statusCode).toBe(200)
      expect((await app.inject('/api/docs/json')).json()).toEqual(
        (await app.inject('/api/openapi.json')).json(),
      )
    })
  })

  describe('the web client', () => {
    it('is served compressed and kept for good where its name carries a hash', async () => {
      const app = await startServer()
      const get = (encoding: string) =>
        app.inject({ url: '/assets/main-a1b2c3.js', headers: { 'accept-encoding': encoding } })
      const [br, gzip, plain] = [await get('gzip, br'), await get('gzip'), await get('identity')]
      expect(br.headers).toMatchObject({
        'content-encoding': 'br',
        'content-type': expect.stringMatching(/^(text|application)\/javascript/),
        'cache-control': 'public, max-age=31536000, immutable',
        vary: expect.stringMatching(/accept-encoding/i),
      })
      expect(brotliDecompressSync(br.rawPayload).toString()).toBe(SCRIPT)
      expect(gunzipSync(gzip.rawPayload).toString()).toBe(SCRIPT)
      expect(plain.body).toBe(SCRIPT)
    })

    it('is asked for again where the name stays', async () => {
      const app = await startServer()
      const first = await app.inject('/favicon.svg')
      expect(first.headers['cache-control']).toBe('no-cache')
      const etag = String(first.headers.etag)
      const again = await app.inject({ url: '/favicon.svg', headers: { 'if-none-match': etag } })
      expect(again.statusCode).toBe(304)
    })

    it('has a title and a description for each page', async () => {
      const app = await startServer()
      const landing = await open(app, '/')
      expect(landing.headers).toMatchObject({
        'cache-control': 'no-cache',
        'content-type': 'text/html; charset=utf-8',
      })
      expect(landing.headers).not.toHaveProperty('x-robots-tag')
      expect(landing.body).toContain('<title>Video Meet</title>')
      expect(landing.body).toContain('content="https://meet.example.org/"')
      const meeting = await open(app, '/meeting/abcd-efghjk-mnpq?name=Ana')
      expect(meeting.statusCode).toBe(200)
      expect(meeting.body).toContain('<title>Join the meeting · Video Meet</title>')
      expect(meeting.body).toContain('content="https://meet.example.org/meeting/abcd-efghjk-mnpq"')
      expect(meeting.headers['x-robots-tag']).toBe('noindex')
      expect(meeting.body).not.toContain('{{')
    })

    it('puts nothing of the address into the page as markup', async () => {
      const app = await startServer()
      await app.listen({ port: 0, host: '127.0.0.1' })
      const { port } = app.server.address() as AddressInfo
      const body = await new Promise<string>((resolve, reject) => {
        const request = httpRequest({
          port,
          host: '127.0.0.1',
          path: `/meeting/"><script>alert(1)</script>`,
          headers: { accept: 'text/html' },
        })
        request.on('response', (response) => resolve(text(response)))
        request.on('error', reject)
        request.end()
      })
      expect(body).toContain('&quot;&gt;&lt;script&gt;')
      expect(body).not.toContain('<script>alert')
    })

    it('opens any other page for a browser', async () => {
      const app = await startServer()
      expect((await open(app, '/dashboard')).body).toContain('<div id="root">')
      expect((await open(app, '/index.html')).body).not.toContain('{{title}}')
    })

    it.each(['/api/unknown', '/assets/missing.js', '/socket.io/', '/assets/main-a1b2c3.js.br'])(
      'is not what %s answers',
      async (url) => {
        const response = await open(await startServer(), url)
        expect(response.statusCode).toBe(404)
        expect(ErrorAnswer.parse(response.json()).error.code).toBe('not_found')
      },
    )

    it('is not what a program gets that asks for no page', async () => {
      const app = await startServer()
      expect(
        (await app.inject({ url: '/missing.png', headers: { accept: 'image/*,*/*;q=0.8' } })).statusCode,
      ).toBe(404)
      expect(
        (await app.inject({ method: 'POST', url: '/dashboard', headers: { accept: 'text/html' } }))
          .statusCode,
      ).toBe(404)
    })

    it.each(['/../secret', '/assets/../../secret', '/%2e%2e/secret', '/assets/..%2f..%2fsecret'])(
      'gives nothing away beside its folder: %s',
      async (url) => {
        await writeFile(path.join(path.dirname(folder), 'secret'), 'hunter2')
        const response = await (await startServer()).inject(url)
        expect(response.body).not.toContain('hunter2')
        expect(response.statusCode).toBeGreaterThanOrEqual(400)
      },
    )

    it('says how to build it when it is not there', async () => {
      const response = await open(await startServer({ webFolder: path.join(folder, 'missing') }), '/')
      expect(response.statusCode).toBe(503)
      expect(response.headers['content-type']).toBe('text/plain; charset=utf-8')
      expect(response.body).toContain('npm start')
    })
  })
})
