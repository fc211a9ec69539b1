import { randomUUID } from 'node:crypto'
import type { Route, User } from '@video-meet/protocol'

let networks = 0

/** An address of its own for each call, so that no limit of another test is met. */
function freshAddress(): string {
  networks += 1
  return `203.0.${Math.floor(networks / 250) % 250}.${networks % 250}`
}

/** What a route answered. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  /** Of an error. */
  readonly code: string | undefined
  /** Cookie of the refresh token, ready to be sent. */
  readonly cookie: string | undefined
}

export interface Send {
  readonly params?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly body?: unknown
  readonly token?: string | undefined
  readonly cookie?: string | undefined
  readonly upload?: { readonly type: string; readonly bytes: Uint8Array<ArrayBuffer> }
}

/** Calls a route as it is, with nothing checked on this side. */
export async function callRoute(url: string, route: Route, send: Send = {}): Promise<Answer> {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => send.params?.[name] ?? '')
  const { token, cookie, upload, body, query } = send
  const response = await fetch(`${url}${path}?${new URLSearchParams(query).toString()}`, {
    method: route.method,
    headers: {
      'x-forwarded-for': freshAddress(),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(cookie !== undefined && { cookie }),
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(upload && { 'content-type': upload.type }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(upload && { body: upload.bytes }),
  })
  const text = await response.text()
  const answered: unknown = response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text
  const cookies = response.headers.getSetCookie().map((line) => line.split(';', 1).join())
  return {
    status: response.status,
    body: answered,
    code: (answered as { error?: { code?: string } } | null)?.error?.code,
    cookie: cookies.find((line) => /rt=./.test(line)),
  }
}

/** Somebody with an account. */
export interface Somebody {
  readonly user: User
  readonly email: string
  readonly password: string
  readonly token: string
  readonly cookie: string
}

/** Makes an account; the first one on a server is the administrator's. */
export async function register(url: string, name: string, register: Route): Promise<Somebody> {
  const email = `${randomUUID()}@example.org`
  const password = `a long password of ${randomUUID()}`
  const { status, body, cookie } = await callRoute(url, register, { body: { email, name, password } })
  if (status !== 201 || cookie === undefined) throw new Error(`no account: ${status} ${JSON.stringify(body)}`)
  const { accessToken, user } = body as { accessToken: string; user: User }
  return { user, email, password, token: accessToken, cookie }
}
