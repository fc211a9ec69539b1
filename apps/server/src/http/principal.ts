import type { Route, TokenScope, UserId, UserRole } from '@video-meet/protocol'
import type { FastifyRequest } from 'fastify'
import { addressBlock } from '../platform/client-address.ts'
import { AppError } from '../platform/errors.ts'
import type { TokenBuckets } from '../platform/token-buckets.ts'

/** An account that calls, by itself or through a token that it gave to a script. */
export interface Principal {
  readonly userId: UserId
  readonly name: string
  readonly role: UserRole
  /** Where they signed in; null for an API token. */
  readonly sessionId: string | null
  /** When they last proved who they are, by signing in or by confirming it; null for an API token. */
  readonly provedAt?: Date | null
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

/** The checks that requests have to pass. */
export interface Entrance {
  readonly guard: Guard
  /** By network: what is left of the wrong tokens that it may show. */
  readonly rejections: TokenBuckets
}

const BEARER = /^Bearer +([\w~+/.=-]{1,4096})$/i

/**
 * Who calls `route`, or null for a stranger.
 *
 * @throws {AppError} `unauthorized` or `forbidden` when they may not, `rate_limited` after too many wrong tokens
 */
export async function admit(
  { guard, rejections }: Entrance,
  route: Route,
  request: FastifyRequest,
): Promise<Principal | null> {
  const { callers, scope } = route.access
  // Where it makes no difference who calls, a token that has ended does no harm.
  if (callers === 'anyone' && scope === undefined) return null
  const principal = await principalOf({ guard, rejections }, request)
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

async function principalOf(
  { guard, rejections }: Entrance,
  { headers: { authorization }, clientAddress }: Pick<FastifyRequest, 'headers' | 'clientAddress'>,
): Promise<Principal | null> {
  if (authorization === undefined) return null
  const token = BEARER.exec(authorization)?.[1]
  const isSigned = token?.split('.').length === 3
  // A signature is checked without the database; any other token has to be looked up, so guesses are limited.
  const bucket = isSigned ? undefined : rejections.of(addressBlock(clientAddress))
  // Taken before the look-up, so that guesses at the same time can't all slip through.
  if (bucket && !bucket.take()) {
    const retryAfterSeconds = bucket.secondsUntil()
    throw new AppError('rate_limited', 'Too many invalid tokens. Try again later.', {
      details: { retryAfterSeconds },
    })
  }
  const principal = token === undefined ? null : await guard.authenticate(token)
  if (!principal) throw new AppError('unauthorized', 'The token is not valid, or no longer. Sign in again.')
  bucket?.giveBack()
  return principal
}

function assertScope({ scopes }: Principal, needed: TokenScope | undefined): void {
  if (scopes === null) return
  if (needed === undefined)
    throw new AppError('forbidden', 'An API token is not good for this: sign in and do it yourself.')
  if (!scopes.includes(needed)) throw new AppError('forbidden', `The API token lacks the scope ${needed}.`)
}

/** A proof of identity counts as recent for this time. */
const RECENT_MS = 15 * 60_000

/**
 * Keeps operations that grant rights to people who have just proved who they are: a stolen session or API token isn't
 * enough.
 *
 * @throws {AppError} `recent_sign_in_required`; `forbidden` for API tokens
 */
export function assertRecentSignIn({ sessionId, provedAt }: Principal, now: Date = new Date()): void {
  if (sessionId === null)
    throw new AppError('forbidden', "API tokens can't do this. Sign in and do it yourself.")
  if (provedAt && now.getTime() - provedAt.getTime() <= RECENT_MS) return
  throw new AppError('recent_sign_in_required', 'Confirm your password to go on.', {
    details: { maxAgeSeconds: RECENT_MS / 1000 },
  })
}

/** Whether `input`, the body of a call, asks for something that needs a recent sign-in. */
export function needsRecentSignIn({ recentSignIn }: Route['access'], input: unknown): boolean {
  if (recentSignIn === undefined || recentSignIn === 'always') return recentSignIn === 'always'
  if (typeof input !== 'object' || input === null) return false
  return Object.entries(input).some(([field, value]) => {
    const values = recentSignIn[field]
    return value !== undefined && (values === 'any' || (values?.includes(String(value)) ?? false))
  })
}
