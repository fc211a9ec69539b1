import * as z from 'zod/mini'
import { listOf, named } from '../shapes.ts'
import { lineOfText } from '../text.ts'
import { TokenScope } from './access.ts'
import { defineRoute } from './route.ts'

const LIMIT = { burst: 20, perMinute: 30 }

/** A token for scripts; the token itself is shown once, when it is made. */
export const ApiToken = named(
  'ApiToken',
  z.object({
    id: z.uuid(),
    name: z.string(),
    scopes: z.array(TokenScope),
    createdAt: z.iso.datetime(),
    lastUsedAt: z.nullable(z.iso.datetime()),
    expiresAt: z.nullable(z.iso.datetime()),
  }),
)
export type ApiToken = z.infer<typeof ApiToken>

export const listApiTokens = defineRoute({
  method: 'GET',
  path: '/api/v1/users/me/tokens',
  summary: 'List the own API tokens',
  tag: 'users',
  access: { callers: 'users' },
  response: z.object({ items: z.array(ApiToken) }),
  status: 200,
  errors: ['unauthorized'],
  limit: LIMIT,
})

export const createApiToken = defineRoute({
  method: 'POST',
  path: '/api/v1/users/me/tokens',
  summary: 'Make an API token for scripts',
  tag: 'users',
  access: { callers: 'users', recentSignIn: 'always' },
  body: z.strictObject({
    name: lineOfText(80),
    scopes: listOf(TokenScope, 1, 10),
    /** In the future, and at most a year from now. */
    expiresAt: z.iso.datetime(),
  }),
  response: z.object({ token: z.string(), apiToken: ApiToken }),
  status: 201,
  errors: ['bad_request', 'unauthorized', 'forbidden', 'recent_sign_in_required', 'conflict'],
  limit: LIMIT,
})

export const revokeApiToken = defineRoute({
  method: 'DELETE',
  path: '/api/v1/users/me/tokens/:id',
  summary: 'Revoke an own API token',
  tag: 'users',
  access: { callers: 'users', object: { kind: 'apiToken', rule: 'owner', param: 'id' } },
  params: z.object({ id: z.uuid() }),
  response: z.undefined(),
  status: 204,
  errors: ['bad_request', 'unauthorized', 'not_found'],
  limit: LIMIT,
})
