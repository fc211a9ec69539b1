import type { Route, Upload } from '@video-meet/protocol'

/** What a caller says about one call besides its input. */
export interface CallOptions {
  readonly signal?: AbortSignal
  /** Version of the thing that is to be changed: if it has another by now, the call fails with `version_changed`. */
  readonly ifMatch?: number
  /** Calls with the same key are acted on once: what to repeat a create with when its answer was lost. */
  readonly idempotencyKey?: string
}

/** Options of one request, with the proof of who makes it. */
export interface RequestOptions extends CallOptions {
  readonly accessToken: string | undefined
  /** Shows that calls with the same key come from the same client when nobody is signed in. */
  readonly idempotencySecret: string
}

/** The input of a call, as every route may have it. */
export interface RequestParts {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
  readonly upload?: Upload
}

/** Address of a call. */
export function urlOf(route: Route, parts: RequestParts, baseUrl: string): URL {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(parts.params?.[name] ?? ''),
  )
  const url = new URL(path, baseUrl)
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

/** Method, headers and body of a call. */
export async function requestOf(
  route: Route,
  parts: RequestParts,
  options: RequestOptions,
): Promise<RequestInit> {
  const { accessToken, ifMatch, idempotencyKey, idempotencySecret } = options
  return {
    method: route.method,
    headers: {
      accept: route.produces ?? 'application/json',
      ...(route.body && { 'content-type': 'application/json' }),
      ...(parts.upload && { 'content-type': parts.upload.type }),
      ...(accessToken !== undefined && { authorization: `Bearer ${accessToken}` }),
      ...(ifMatch !== undefined && { 'if-match': `"${ifMatch}"` }),
      ...(idempotencyKey !== undefined && {
        'idempotency-key': idempotencyKey,
        'idempotency-secret': idempotencySecret,
      }),
    },
    ...(route.body && { body: JSON.stringify(parts.body ?? {}) }),
    ...(parts.upload && { body: await parts.upload.arrayBuffer() }),
  }
}
