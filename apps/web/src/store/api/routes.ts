import type { BaseQueryFn, EndpointBuilder } from '@reduxjs/toolkit/query'
import type { CallOptions } from '@video-meet/client'
import type { Route, RouteInput, RouteOutput } from '@video-meet/protocol'
import type { ApiTag } from './api.ts'
import type { ApiCall, ApiError } from './rest-base-query.ts'

type Build = EndpointBuilder<BaseQueryFn<ApiCall, unknown, ApiError>, ApiTag, 'api'>

/** A route without parameters is called with nothing. */
type QueryArg<R extends Route> = unknown extends RouteInput<R> ? void : RouteInput<R>
type MutationArg<R extends Route> =
  unknown extends RouteInput<R> ? void : RouteInput<R> & { readonly options?: Omit<CallOptions, 'signal'> }

interface Paged extends Route {
  readonly method: 'GET'
}
type PageOf<R extends Route> = RouteOutput<R> & { readonly nextCursor: string | null }
/** What the query names, and the ids in the address where there are any. */
type PageArg<R extends Route> = (RouteInput<R> extends { readonly query: infer Query }
  ? Omit<Query, 'cursor'>
  : unknown) &
  (RouteInput<R> extends { readonly params: infer Params } ? { readonly params: Params } : unknown)

/** Makes endpoints from routes, one line for each. */
export function fromRoutes(build: Build) {
  return {
    /** A route that is read; shown again whenever something with one of `tags` changes. */
    read: <R extends Route>(route: R, tags: readonly ApiTag[]) =>
      build.query<RouteOutput<R>, QueryArg<R>>({
        query: (input) => ({ route, input }),
        providesTags: tags,
      }),

    /** A list that comes in pages. */
    pages: <R extends Paged>(route: R, tags: readonly ApiTag[]) =>
      build.infiniteQuery<PageOf<R>, PageArg<R>, string | null>({
        infiniteQueryOptions: {
          initialPageParam: null,
          getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
        },
        query: ({ queryArg, pageParam }) => {
          const { params, ...rest } = queryArg as { readonly params?: unknown }
          const query = { ...rest, ...(pageParam !== null && { cursor: pageParam }) }
          return { route, input: { query, ...(params !== undefined && { params }) } }
        },
        providesTags: tags,
      }),

    /** A route that changes something of `tags`. */
    change: <R extends Route>(route: R, tags: readonly ApiTag[]) =>
      build.mutation<RouteOutput<R>, MutationArg<R>>({
        query: (arg) => {
          const { options, ...input } = (arg ?? {}) as { options?: Omit<CallOptions, 'signal'> }
          return { route, input, ...(options && { options }) }
        },
        invalidatesTags: (_, error) => (error ? [] : tags),
      }),
  }
}
