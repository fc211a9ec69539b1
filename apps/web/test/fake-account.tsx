import { cleanup, render } from '@testing-library/react'
import { createAuthSession, RestError, type RestClient, type RestErrorCode } from '@video-meet/client'
import { createFakeBrowser } from '@video-meet/client/testing'
import type { Route, RouteOutput, SignedIn, User } from '@video-meet/protocol'
import type { ReactNode } from 'react'
import { MemoryRouter, useLocation } from 'react-router'
import { afterEach } from 'vitest'
import type { Account } from '../src/lib/session.ts'
import { AccountProvider } from '../src/store/account-context.tsx'

afterEach(cleanup)

interface Sent {
  readonly body?: unknown
  readonly params?: Readonly<Record<string, string>>
  readonly query?: unknown
}

/** Answers of a server, by method and path of the route; what is missing does not answer. */
export type FakeAnswers = Record<string, (sent: Sent) => unknown>

/** An account whose server is in memory. */
export interface FakeAccount extends Account {
  /** What was called, as "METHOD /path", with what was sent. */
  readonly calls: { readonly route: string; readonly sent: Sent }[]
}

/** A failure as the SDK throws it. */
export function failure(code: RestErrorCode, message = 'No.'): RestError {
  return new RestError(message, { code, status: 400 })
}

/** Somebody with an account. */
export function buildUser(change: Partial<User> = {}): User {
  return {
    id: '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b' as User['id'],
    email: 'ana@example.org',
    emailVerified: true,
    name: 'Ana',
    language: 'en-GB',
    timeZone: 'Europe/Vienna',
    role: 'user',
    avatar: null,
    createdAt: '2026-01-01T10:00:00.000Z',
    ...change,
  }
}

/** What the server answers to who signs in. */
export function signedIn(user: User = buildUser()): SignedIn {
  return { status: 'signed_in', accessToken: 'token', expiresIn: 600, user }
}

/** @param hasSession whether this browser remembers a session */
export function createFakeAccount(answers: FakeAnswers, hasSession = false): FakeAccount {
  const calls: FakeAccount['calls'] = []
  const rest: RestClient = {
    async call<R extends Route>(route: R, input: unknown): Promise<RouteOutput<R>> {
      const sent = input as Sent
      const name = `${route.method} ${route.path.replace('/api/v1', '')}`
      calls.push({ route: name, sent })
      const answer = answers[name]
      if (!answer) throw failure('network', 'The server does not answer.')
      return (await answer(sent)) as RouteOutput<R>
    },
  }
  const browser = createFakeBrowser(hasSession)
  const session = createAuthSession({ rest, ...browser, channel: browser.openTab() })
  return { session, rest, calls }
}

function Address() {
  const { pathname, search, hash } = useLocation()
  return <output data-testid="address">{pathname + search + hash}</output>
}

/** Shows pages as they are shown around an account, and the address below them. */
export async function renderWithAccount(account: Account, children: ReactNode, address = '/'): Promise<void> {
  await account.session.restore()
  render(
    <MemoryRouter initialEntries={[address]}>
      <AccountProvider account={account}>{children}</AccountProvider>
      <Address />
    </MemoryRouter>,
  )
}
