import { ErrorBody, type ErrorCode, httpStatus, type Route, routes } from '@video-meet/protocol'
import type { FastifySchema } from 'fastify'
import * as z from 'zod/mini'

/** Any route can answer with these. */
const COMMON_ERRORS: readonly ErrorCode[] = ['rate_limited', 'internal']
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
    ...(access.callers !== 'anyone' && { security: [{ token: [] }] }),
    ...(access.callers === 'creators' && { security: [{ token: [] }, {}] }),
    response: {
      ...Object.fromEntries(errors),
      [status]: answer('Success', produces || status === 204 ? z.string() : response, produces),
    },
  }
}

interface Answer {
  content?: Record<string, { examples?: object }>
}

interface Document {
  paths?: Record<string, Record<string, { operationId?: string; responses?: Record<number, Answer> }>>
}

/** Shows each error of each route in the OpenAPI document; the schemas of zod have no place for them. */
export function addErrorExamples<D extends object>(document: D): D {
  const operations = Object.values((document as Document).paths ?? {}).flatMap((path) => Object.values(path))
  for (const route of Object.values(routes)) {
    const responses = operations.find(({ operationId }) => operationId === nameOf(route))?.responses ?? {}
    for (const [status, codes] of errorsByStatus(route)) {
      const content = responses[status]?.content?.[JSON_TYPE]
      if (content)
        content.examples = Object.fromEntries(codes.map((code) => [code, { value: exampleOf(code) }]))
    }
  }
  return document
}

/** The name under which `route` is listed. */
export function nameOf(route: Route): string {
  const entry = Object.entries(routes).find(([, listed]) => listed === route)
  return entry?.[0] ?? `${route.method} ${route.path}`
}

function errorsByStatus(route: Route): Map<number, ErrorCode[]> {
  const { callers } = route.access
  const refused: ErrorCode[] = callers === 'anyone' ? [] : ['unauthorized', 'forbidden']
  return Map.groupBy(new Set([...route.errors, ...refused, ...COMMON_ERRORS]), httpStatus)
}

function answer(description: string, schema: z.ZodMiniType, type: string = JSON_TYPE) {
  return { description, content: { [type]: { schema } } }
}

function exampleOf(code: ErrorCode): z.output<typeof ErrorAnswer> {
  const message = `A sentence about ${code.replaceAll('_', ' ')}, for people.`
  return { error: { code, message, requestId: 'c7d0a1c2-6c3e-4a5b-9d55-0f5b8f0e7b11' } }
}
