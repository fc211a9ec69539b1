import { ErrorBody, type Route, type RouteInput, type RouteOutput } from '@video-meet/protocol'
import { anySignal } from '../core/browser.ts'
import { RestError } from '../errors.ts'
import { type CallOptions, type RequestOptions, type RequestParts, requestOf, urlOf } from './rest-request.ts'

/**
 * Gives the token that calls are made with; undefined: as a stranger. `refused` is a token that the server has just
 * refused: the answer to it is another one, if there is any.
 */
export type AccessTokenSource = (refused?: string) => Promise<string | undefined>

export interface RestClientOptions {
  /** Where the server is; the page's own origin when left out. */
  readonly baseUrl?: string
  readonly fetch?: typeof fetch
  readonly timeoutMs?: number
  /** Without it every call is a stranger's. */
  readonly accessToken?: AccessTokenSource
}

/** Calls the routes of the protocol. */
export interface RestClient {
  /**
   * Calls a route. A call whose token the server refuses is made once more with another one.
   *
   * @throws {RestError} for every failure, an answer that breaks the contract included
   * @example
   * const meeting = await rest.call(routes.createMeeting, { body: { title: 'Planning' } })
   */
  call<R extends Route>(route: R, input: RouteInput<R>, options?: CallOptions): Promise<RouteOutput<R>>
}

const TIMEOUT_MS = 10_000
/** Uploads are megabytes, which slow lines take their time for. */
const UPLOAD_TIMEOUT_MS = 120_000

/** Creates a client of the REST API. */
export function createRestClient(options: RestClientOptions = {}): RestClient {
  const fetchNow = options.fetch ?? ((...request: Parameters<typeof fetch>) => globalThis.fetch(...request))

  const idempotencySecret = randomSecret()

  async function send(route: Route, parts: RequestParts, callOptions: RequestOptions): Promise<Response> {
    const { signal } = callOptions
    const patience = route.upload ? UPLOAD_TIMEOUT_MS : TIMEOUT_MS
    const timeout = AbortSignal.timeout(options.timeoutMs ?? patience)
    const request = await requestOf(route, parts, callOptions)
    const url = urlOf(route, parts, options.baseUrl ?? location.origin)
    const either = signal ? anySignal([signal, timeout]) : timeout
    return await overNetwork(signal, () => fetchNow(url, { ...request, signal: either }))
  }

  async function attempt(route: Route, parts: RequestParts, callOptions: RequestOptions): Promise<unknown> {
    const response = await send(route, parts, callOptions)
    const answer = await overNetwork(callOptions.signal, () =>
      response.ok ? readAnswer(route, response) : readJson(response),
    )
    if (!response.ok) throw errorOf(response, answer)
    return checked(route, response, answer)
  }

  return {
    async call<R extends Route>(route: R, input: RouteInput<R>, callOptions: CallOptions = {}) {
      const parts = input as RequestParts
      const token = await tokenFor(route, options.accessToken)
      try {
        return (await attempt(route, parts, {
          ...callOptions,
          idempotencySecret,
          accessToken: token,
        })) as RouteOutput<R>
      } catch (error) {
        if (token === undefined || !isRefusedToken(error)) throw error
        const other = await tokenFor(route, options.accessToken, token)
        if (other === undefined && route.access.callers === 'users') throw error
        return (await attempt(route, parts, {
          ...callOptions,
          idempotencySecret,
          accessToken: other,
        })) as RouteOutput<R>
      }
    },
  }
}

/** 192 random bits in hexadecimal. */
function randomSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Does what only a lost or slow connection makes fail: nothing else may be reported as a network error. */
async function overNetwork<T>(signal: AbortSignal | undefined, transfer: () => Promise<T>): Promise<T> {
  try {
    return await transfer()
  } catch (cause) {
    signal?.throwIfAborted()
    throw new RestError('The server does not answer.', { code: 'network', status: 0, cause })
  }
}

async function tokenFor(
  route: Route,
  source: AccessTokenSource | undefined,
  refused?: string,
): Promise<string | undefined> {
  try {
    return await source?.(refused)
  } catch (error) {
    // Whoever may call as a stranger is not held up by a session that cannot be renewed now.
    if (route.access.callers === 'anyone') return undefined
    throw error
  }
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof RestError && error.code === 'unauthorized'
}

async function readAnswer(route: Route, response: Response): Promise<unknown> {
  if (response.status === 204) return undefined
  switch (route.produces) {
    case undefined:
      return readJson(response)
    case 'image/webp':
      return new Uint8Array(await response.arrayBuffer())
    case 'text/csv':
    case 'text/calendar':
      return response.text()
  }
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch (error) {
    // A lost connection, not a malformed body.
    if (!(error instanceof SyntaxError)) throw error
    // A proxy's page or nothing at all; the caller sees it as an answer that breaks the contract.
    return undefined
  }
}

function checked(route: Route, response: Response, answer: unknown): unknown {
  const parsed = route.response.safeParse(answer)
  if (parsed.success) return parsed.data
  throw new RestError('The answer breaks the contract.', {
    code: 'malformed',
    status: response.status,
    cause: parsed.error,
  })
}

function errorOf(response: Response, body: unknown): RestError {
  const error = ErrorBody.safeParse(
    typeof body === 'object' && body && 'error' in body ? body.error : undefined,
  )
  if (error.success) {
    const { message, ...rest } = error.data
    return new RestError(message, { ...rest, status: response.status })
  }
  return new RestError(`The server answered with status ${response.status}.`, {
    code: response.status >= 502 ? 'network' : 'malformed',
    status: response.status,
  })
}
