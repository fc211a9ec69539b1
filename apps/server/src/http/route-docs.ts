import { ErrorBody, type ErrorCode, httpStatus, type Route, routes } from '@video-meet/protocol'
import type { FastifySchema } from 'fastify'
import * as z from 'zod/mini'
import { BODY_EXAMPLES } from './route-examples.ts'

/** Any route can answer with these. */
const COMMON_ERRORS: readonly ErrorCode[] = ['rate_limited', 'internal', 'unavailable']
const JSON_TYPE = 'application/json'

const ErrorAnswer = z.object({ error: ErrorBody }).register(z.globalRegistry, {
  id: 'Error',
  description: 'What went wrong: `code` for a program, `message` for a person.',
})

/** The schema by which Fastify validates and documents `route`. */
export function documentRoute(route: Route): FastifySchema {
  const { params, query, body, response, status, summary, tag, access, produces } = route
  const errors = [...errorsByStatus(route)].map(([code, codes]) => [
    code,
    answer(codes.join(' or '), ErrorAnswer),
  ])
  return {
    summary,
    tags: [tag],
    operationId: nameOf(route),
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    ...securityOf(access),
    response: {
      ...Object.fromEntries(errors),
      [status]: answer('Success', produces || status === 204 ? z.string() : response, produces),
    },
  }
}

/** Clients decide from this whether to send a token. Routes that answer strangers less take one, too. */
function securityOf({ callers, scope }: Route['access']): Pick<FastifySchema, 'security'> {
  if (callers === 'users' || callers === 'administrators') return { security: [{ token: [] }] }
  return callers === 'creators' || scope !== undefined ? { security: [{ token: [] }, {}] } : {}
}

interface Content {
  content?: Record<string, { schema?: object; examples?: object; example?: unknown }>
}

interface Operation {
  operationId?: string
  requestBody?: Content
  responses?: Record<number, Content>
}

interface Document {
  paths?: Record<string, Record<string, Operation>>
}

/** Adds to the OpenAPI document what the schemas of zod have no place for: examples, errors, uploads, empty answers. */
export function completeDocument<D extends object>(document: D): D {
  const operations = Object.values((document as Document).paths ?? {}).flatMap((path) => Object.values(path))
  for (const route of Object.values(routes)) {
    const operation = operations.find(({ operationId }) => operationId === nameOf(route))
    if (operation) completeOperation(operation, route)
  }
  return document
}

function completeOperation(operation: Operation, route: Route): void {
  const example = (BODY_EXAMPLES as Partial<Record<string, object>>)[nameOf(route)]
  const taken = operation.requestBody?.content?.[JSON_TYPE]
  if (taken && example) taken.example = example
  if (route.upload) operation.requestBody = { content: binary(route.upload.types) }
  // What has no content must not be said to have one.
  if (route.status === 204) delete operation.responses?.[204]?.content
  showErrors(operation, route)
}

function showErrors({ responses }: Operation, route: Route): void {
  for (const [status, codes] of errorsByStatus(route)) {
    const content = responses?.[status]?.content?.[JSON_TYPE]
    if (content)
      content.examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]))
  }
}

/** The name under which `route` is listed. */
export function nameOf(route: Route): string {
  const entry = Object.entries(routes).find(([, listed]) => listed === route)
  return entry?.[0] ?? `${route.method} ${route.path}`
}

function errorsByStatus(route: Route): Map<number, ErrorCode[]> {
  const { callers } = route.access
  const refused: ErrorCode[] = callers === 'anyone' ? [] : ['unauthorized', 'forbidden']
  const bodies: ErrorCode[] = route.body || route.upload ? ['unsupported_content_type'] : []
  return Map.groupBy(new Set([...route.errors, ...refused, ...bodies, ...COMMON_ERRORS]), httpStatus)
}

function answer(description: string, schema: z.ZodMiniType, type: string = JSON_TYPE) {
  return { description, content: { [type]: { schema } } }
}

function exampleOf(code: ErrorCode): z.output<typeof ErrorAnswer> {
  const message = `A sentence about ${code.replaceAll('_', ' ')}, for people.`
  return { error: { code, message, requestId: 'c7d0a1c2-6c3e-4a5b-9d55-0f5b8f0e7b11' } }
}

function binary(types: readonly string[]): NonNullable<Content['content']> {
  return Object.fromEntries(types.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
}
