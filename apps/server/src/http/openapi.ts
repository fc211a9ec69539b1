import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import { ErrorBody, type ErrorCode, httpStatus, type Route, routes } from '@video-meet/protocol'
import type { FastifyInstance, FastifySchema } from 'fastify'
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod'
import * as z from 'zod'
import { contentSecurityPolicy } from './security-headers.ts'

const DOCUMENT_PATH = '/api/openapi.json'
const DOCS_PATH = '/api/docs'

const ErrorAnswer = z
  .object({ error: ErrorBody })
  .meta({ id: 'Error', description: 'What went wrong: `code` for a program, `message` for a person.' })

/** Any route can answer with these. */
const COMMON_ERRORS: readonly ErrorCode[] = ['rate_limited', 'internal']

/** Describes every route that is bound after it, as OpenAPI 3.1, and lets people browse it. */
export async function addOpenApi(app: FastifyInstance, publicUrl: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Video Meet',
        version: '1',
        description:
          'REST API of a Video Meet server. Everything live in a meeting goes over the socket instead.',
      },
      servers: [{ url: publicUrl }],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  })
  await app.register(swaggerUi, {
    routePrefix: DOCS_PATH,
    staticCSP: docsPolicy(publicUrl),
    theme: { title: 'API of Video Meet' },
    uiConfig: { url: DOCUMENT_PATH },
  })
  app.get(DOCUMENT_PATH, { schema: { hide: true } }, async () => app.swagger())
}

/** The schema by which Fastify validates and documents `route`. */
export function documentRoute(route: Route): FastifySchema {
  const { params, query, body, response, status, summary, tag } = route
  return {
    summary,
    tags: [tag],
    operationId: operationId(route),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { [status]: described('Success', response), ...errorAnswers(route) },
  }
}

function operationId(route: Route): string {
  const name = Object.entries(routes).find(([, listed]) => listed === route)?.[0]
  return name ?? `${route.method} ${route.path}`
}

function errorAnswers(route: Route): Record<number, object> {
  const codes = [...new Set([...route.errors, ...COMMON_ERRORS])]
  const answers = [...Map.groupBy(codes, httpStatus)].map(([status, ofStatus]) => {
    const schema = ErrorAnswer.meta({ examples: ofStatus.map(example) })
    return [status, described(ofStatus.join(' or '), schema)]
  })
  return Object.fromEntries(answers)
}

function example(code: ErrorCode): z.output<typeof ErrorAnswer> {
  return {
    error: { code, message: 'A sentence for people.', requestId: 'c7d0a1c2-6c3e-4a5b-9d55-0f5b8f0e7b11' },
  }
}

function described(description: string, schema: z.ZodType): object {
  return { description, content: { 'application/json': { schema } } }
}

/** The page of the docs adds styles of its own. */
function docsPolicy(publicUrl: string): Record<string, string[]> {
  const policy = Object.entries({
    ...contentSecurityPolicy(publicUrl),
    styleSrc: ["'self'", "'unsafe-inline'"],
  })
  return Object.fromEntries(policy.map(([name, values]) => [name.replace(/[A-Z]/g, '-$&'), values]))
}
