import { ErrorBody, type Route, type RouteInput, type RouteOutput } from '@video-meet/protocol'
import { RestError } from '../errors.ts'

export interface RestClientOptions {
  /** Where the server is; the page's own origin when left out. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
}

export interface CallOptions {
  readonly signal?: AbortSignal
}

/** Calls the routes of the protocol. */
export interface RestClient {
  /**
   * Calls a route.
   *
   * @throws {RestError} for every failure, an answer that breaks the contract included
   * @example
   * const meeting = await rest.call(routes.createMeeting, { body: { title: 'Planning' } })
   */
  call<R extends Route>(route: R, input: RouteInput<R>, options?: CallOptions): Promise<RouteOutput<R>>
}

interface RequestParts {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly body?: unknown
}

const TIMEOUT_MS = 10_000

/** Creates a client of the REST API. */
export function createRestClient(options: RestClientOptions = {}): RestClient {
  const fetchNow = options.fetch ?? ((...request: Parameters<typeof fetch>) => globalThis.fetch(...request))
  const send = async (route: Route, parts: RequestParts, signal?: AbortSignal): Promise<Response> => {
    const timeout = AbortSignal.timeout(options.timeoutMs ?? TIMEOUT_MS)
    try {
      return await fetchNow(urlOf(route, parts, options.baseUrl ?? location.origin), {
        method: route.method,
        signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
        headers: { accept: 'application/json', ...(route.body && { 'content-type': 'application/json' }) },
        ...(route.body && { body: JSON.stringify(parts.body ?? {}) }),
      })
    } catch (cause) {
      signal?.throwIfAborted()
      throw new RestError('The server does not answer.', { code: 'network', status: 0, cause })
    }
  }
  return {
    async call<R extends Route>(route: R, input: RouteInput<R>, callOptions?: CallOptions) {
      const response = await send(route, input as RequestParts, callOptions?.signal)
      const body = await readJson(response)
      if (!response.ok) throw errorOf(response, body)
      const parsed = route.response.safeParse(body)
      if (parsed.success) return parsed.data as RouteOutput<R>
      throw new RestError('The answer breaks the contract.', {
        code: 'malformed',
        status: response.status,
        cause: parsed.error,
      })
    },
  }
}

function urlOf(route: Route, parts: RequestParts, baseUrl: string): URL {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(parts.params?.[name] ?? ''),
  )
  const url = new URL(path, baseUrl)
  for (const [name, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  return url
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    // A proxy's page or nothing at all; the caller sees it as an answer that breaks the contract.
    return undefined
  }
}

function errorOf(response: Response, body: unknown): RestError {
  const error = ErrorBody.safeParse(
    typeof body === 'object' && body && 'error' in body ? body.error : undefined,
  )
  if (error.success) {
    const { code, message, requestId } = error.data
    return new RestError(message, { code, status: response.status, requestId })
  }
  return new RestError(`The server answered with status ${response.status}.`, {
    code: response.status >= 502 ? 'network' : 'malformed',
    status: response.status,
  })
}
