import type { Route, TokenScope, UserId, UserRole } from '@video-meet/protocol'
import type { FastifyRequest } from 'fastify'
import { AppError } from '../platform/errors.ts'

/** An account that calls, by itself or through a token that it gave to a script. */
export interface Principal {
  readonly userId: UserId
  readonly name: string
  readonly role: UserRole
  /** Where they signed in; null for an API token. */
  readonly sessionId: string | null
  /** What the API token is good for; null for who signed in. */
  readonly scopes: readonly TokenScope[] | null
}

/** What decides who calls, and whether they may. */
export interface Guard {
  /** Whose token it is; null when it is forged, ended or of nobody. */
  authenticate(token: string): Promise<Principal | null>
  /** Whether people without an account may create meetings now. */
  anyoneMayCreate(): boolean | Promise<boolean>
}

const BEARER = /^Bearer +([\w~+/.=-]{1,4096})$/i

/**
 * Who calls `route`, or null for a stranger.
 *
 * @throws {AppError} `unauthorized` or `forbidden` when they may not
 */
export async function admit(guard: Guard, route: Route, request: FastifyRequest): Promise<Principal | null> {
  const { callers, scope } = route.access
  // Where it makes no difference who calls, a token that has ended does no harm.
  if (callers === 'anyone' && scope === undefined) return null
  const principal = await principalOf(guard, request.headers.authorization)
  if (!principal) {
    if (callers === 'anyone' || (callers === 'creators' && (await guard.anyoneMayCreate()))) return null
    const sentence = callers === 'creators' ? 'Sign in to create a meeting.' : 'Sign in first.'
    throw new AppError('unauthorized', sentence)
  }
  assertScope(principal, scope)
  if (callers === 'administrators' && principal.role !== 'administrator')
    throw new AppError('forbidden', 'Only administrators can do this.')
  return principal
}

async function principalOf(guard: Guard, authorization: string | undefined): Promise<Principal | null> {
  if (authorization === undefined) return null
  const token = BEARER.exec(authorization)?.[1]
  const principal = token === undefined ? null : await guard.authenticate(token)
  if (!principal) throw new AppError('unauthorized', 'The token is not valid, or no longer. Sign in again.')
  return principal
}

function assertScope({ scopes }: Principal, needed: TokenScope | undefined): void {
  if (scopes === null) return
  if (needed === undefined)
    throw new AppError('forbidden', 'An API token is not good for this: sign in and do it yourself.')
  if (!scopes.includes(needed)) throw new AppError('forbidden', `The API token lacks the scope ${needed}.`)
}
