import type * as z from 'zod/mini'
import type { RequestLimit } from '../contract.ts'
import type { ErrorCode } from '../error-code.ts'

/** One REST route: validated, typed and documented from here. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  readonly params?: z.ZodMiniObject
  readonly query?: z.ZodMiniObject
  readonly body?: z.ZodMiniType
  readonly response: z.ZodMiniType
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

type PartInput<R extends Route, Part extends 'params' | 'query' | 'body'> =
  R[Part] extends z.ZodMiniType<unknown, infer Input> ? { readonly [P in Part]: Input } : unknown

/** What a client passes to call a route: `params`, `query` and `body`, as far as the route has them. */
export type RouteInput<R extends Route> = PartInput<R, 'params'> &
  PartInput<R, 'query'> &
  PartInput<R, 'body'>

/** What a client gets back from a route. */
export type RouteOutput<R extends Route> = z.output<R['response']>
