import type { BaseQueryFn } from '@reduxjs/toolkit/query'
import { type CallOptions, RestError, type RestErrorCode } from '@video-meet/client'
import type { Route, RouteInput } from '@video-meet/protocol'
import type { Account } from '../../lib/session.ts'

/** Why a call failed, as the store keeps it. */
export interface ApiError {
  readonly code: RestErrorCode | 'internal'
  /** English, safe to show. */
  readonly message: string
  readonly details?: unknown
  readonly requestId?: string
}

/** One call of a route. */
export interface ApiCall {
  readonly route: Route
  readonly input: unknown
  readonly options?: Omit<CallOptions, 'signal'>
}

/** Calls routes through the SDK's REST client, which the store was made with. */
export const restBaseQuery: BaseQueryFn<ApiCall, unknown, ApiError> = async (call, { signal, extra }) => {
  try {
    const { rest } = extra as Account
    const input = (call.input ?? {}) as RouteInput<Route>
    // RTK Query takes `undefined` for a forgotten answer.
    return { data: (await rest.call(call.route, input, { ...call.options, signal })) ?? null }
  } catch (error) {
    return { error: toApiError(error) }
  }
}

/** What the store keeps of whatever was thrown. */
function toApiError(error: unknown): ApiError {
  if (!(error instanceof RestError)) return { code: 'internal', message: String(error) }
  const { code, message, details, requestId } = error
  return {
    code,
    message,
    ...(details !== undefined && { details }),
    ...(requestId !== undefined && { requestId }),
  }
}
