import type * as z from 'zod/mini'
import type { RequestLimit } from '../contract.ts'
import type { ErrorCode } from '../error-code.ts'
import type { RouteAccess } from './access.ts'

/** A body that is not JSON: bytes of one of these media types. */
export interface BinaryBody {
  readonly types: readonly string[]
  readonly maxBytes: number
}

/** One REST route: validated, typed, guarded and documented from here. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path with `:name` parameters. */
  readonly path: string
  readonly summary: string
  readonly tag: string
  /** Its row in the table of who may do what. */
  readonly access: RouteAccess
  readonly params?: z.ZodMiniObject
  readonly query?: z.ZodMiniObject
  readonly body?: z.ZodMiniType
  /** Instead of `body`. */
  readonly upload?: BinaryBody
  /** `undefined` goes with status 204. */
  readonly response: z.ZodMiniType
  /** Media type of what is answered instead of JSON; the response is then a string or bytes. */
  readonly produces?: 'text/csv' | 'text/calendar' | 'image/webp'
  /** Under which name a browser saves what is answered. */
  readonly filename?: string
  /** What the address answers never changes: caches may keep it. */
  readonly immutable?: boolean
  /** Status of success. */
  readonly status: 200 | 201 | 204
  readonly errors: readonly ErrorCode[]
  /** Per person signed in, per client address otherwise. */
  readonly limit: RequestLimit
  /** The answer has a `version`: it goes out as ETag, and If-Match is compared with it. */
  readonly versioned?: boolean
  /** A call with an Idempotency-Key is acted on once; its repetitions get the first answer. */
  readonly idempotent?: boolean
}

/** Declares a route; only checks and infers. */
export function defineRoute<const R extends Route>(route: R): R {
  return route
}

type PartInput<R extends Route, Part extends 'params' | 'query' | 'body'> =
  R[Part] extends z.ZodMiniType<unknown, infer Input> ? { readonly [P in Part]: Input } : unknown

/** Bytes with their media type; a `Blob` is one. */
export interface Upload {
  readonly type: string
  arrayBuffer(): Promise<ArrayBuffer>
}

type UploadInput<R extends Route> = R['upload'] extends BinaryBody ? { readonly upload: Upload } : unknown

/** What a client passes to call a route: `params`, `query`, `body` or `upload`, as far as the route has them. */
export type RouteInput<R extends Route> = PartInput<R, 'params'> &
  PartInput<R, 'query'> &
  PartInput<R, 'body'> &
  UploadInput<R>

/** What a client gets back from a route. */
export type RouteOutput<R extends Route> = z.output<R['response']>
