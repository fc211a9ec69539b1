import type * as z from 'zod'
import type { ErrorCode } from '../error-code.ts'
import type { RequestLimit } from '../contract.ts'

/** One REST route: validated, typed and documented from here. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  readonly response: z.ZodType
  /** Status of success. */
  readonly status: 200 | 201
  readonly errors: readonly ErrorCode[]
  /** Per client address. */
  readonly limit: RequestLimit
}

/** Declares a route; only checks and infers. */
export function defineRoute<const R extends Route>(route: R): R {
  return route
}
