import type { Route, RouteOutput, SignedIn, User } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { RestError } from '../errors.ts'
import { createFakeBrowser, type FakeBrowser } from '../testing/fake-tabs.ts'
import { type AuthSession, createAuthSession } from './auth-session.ts'
import type { RestClient } from './rest-client.ts'

const ana = { id: '6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b', name: 'Ana' } as User
const ben = { ...ana, name: 'Ben' }
const refused = new RestError('Sign in first.', { code: 'unauthorized', status: 401 })
const offline = new RestError('The server does not answer.', { code: 'network', status: 0 })

/** A server that signs in whoever asks, one token after the other, until told to fail. */
class FakeAuthServer implements RestClient {
  readonly calls: string[] = []
  failure: RestError | null = null
  user = ana
  /** Calls wait for it. */
  gate: Promise<void> = Promise.resolve()
  #atWork = 0
  mostAtOnce = 0

  async call<R extends Route>(route: R): Promise<RouteOutput<R>> {
    this.#atWork += 1
    this.mostAtOnce = Math.max(this.mostAtOnce, this.#atWork)
    this.calls.push(route.path.slice('/api/v1/auth/'.length))
    await this.gate
    this.#atWork -= 1
    if (this.failure) throw this.failure
    return this.answer() as RouteOutput<R>
  }

  answer(): SignedIn {
    return {
      status: 'signed_in',
      accessToken: `token-${this.calls.length}`,
      expiresIn: 600,
      user: this.user,
    }
  }
}

class Clock {
  ms = 0
  readonly now = () => this.ms
}

function openTab(server: FakeAuthServer, browser: FakeBrowser, clock = new Clock()): AuthSession {
  const { hint, lock } = browser
  return createAuthSession({ rest: server, hint, lock, channel: browser.openTab(), now: clock.now })
}

function setUp(hasSession = true) {
  const server = new FakeAuthServer()
  const browser = createFakeBrowser(hasSession)
  const clock = new Clock()
  return { server, browser, clock, session: openTab(server, browser, clock) }
}

describe('the session of a browser', () => {
  it('asks the server nothing for someone who never signed in here', async () => {
    const { server, session } = setUp(false)
    await session.restore()
    expect(session.state.get()).toEqual({ status: 'signedOut' })
    await expect(session.accessToken()).resolves.toBeUndefined()
    expect(server.calls).toEqual([])
  })

  it('finds out who is signed in after a reload', async () => {
    const { server, session } = setUp()
    await session.restore()
    await session.restore()
    expect(session.state.get()).toEqual({ status: 'signedIn', user: ana })
    expect(server.calls).toEqual(['refresh'])
  })

  it('renews once for many calls at the same time', async () => {
    const { server, session } = setUp()
    const tokens = await Promise.all(Array.from({ length: 20 }, () => session.accessToken()))
    expect(new Set(tokens)).toEqual(new Set(['token-1']))
    expect(server.calls).toEqual(['refresh'])
  })

  it('renews a minute before the token ends, and no sooner', async () => {
    const { server, clock, session } = setUp()
    await session.accessToken()
    clock.ms = 539_000
    await expect(session.accessToken()).resolves.toBe('token-1')
    clock.ms = 541_000
    await expect(session.accessToken()).resolves.toBe('token-2')
    expect(server.calls).toHaveLength(2)
  })

  it('goes on with a token that still holds when the server cannot be asked for the next', async () => {
    const { server, clock, session } = setUp()
    await session.accessToken()
    server.failure = offline
    clock.ms = 590_000
    await expect(session.accessToken()).resolves.toBe('token-1')
    clock.ms = 600_000
    await expect(session.accessToken()).rejects.toBe(offline)
    expect(session.state.get().status).toBe('signedIn')
  })

  it('gets another token for one that was refused, once for all who were refused', async () => {
    const { server, session } = setUp()
    await session.accessToken()
    const again = await Promise.all([session.accessToken('token-1'), session.accessToken('token-1')])
    expect(again).toEqual(['token-2', 'token-2'])
    expect(server.calls).toHaveLength(2)
  })

  it('ends when the server refuses to renew it', async () => {
    const { server, browser, session } = setUp()
    server.failure = refused
    await expect(session.accessToken()).resolves.toBeUndefined()
    expect(session.state.get()).toEqual({ status: 'signedOut' })
    expect(browser.hint.read()).toBe(false)
  })

  it.each([
    offline,
    new RestError('', { code: 'rate_limited', status: 429 }),
    new RestError('', { code: 'internal', status: 500 }),
  ])('is neither there nor gone while the server fails with $code', async (failure) => {
    const { server, browser, session } = setUp()
    server.failure = failure
    await session.restore()
    expect(session.state.get()).toEqual({ status: 'unknown', failure: failure.code })
    expect(browser.hint.read()).toBe(true)
    server.failure = null
    await session.restore()
    expect(session.state.get().status).toBe('signedIn')
  })

  it('stays when signing out does not reach the server', async () => {
    const { server, session } = setUp()
    await session.restore()
    server.failure = offline
    await expect(session.signOut()).rejects.toBe(offline)
    expect(session.state.get().status).toBe('signedIn')
  })

  it('is not brought back by a renewal that was under way when it ended', async () => {
    const { server, session } = setUp()
    const { promise, resolve } = Promise.withResolvers<void>()
    server.gate = promise
    const token = session.accessToken()
    await Promise.resolve()
    session.ended()
    resolve()
    await expect(token).resolves.toBeUndefined()
    expect(session.state.get()).toEqual({ status: 'signedOut' })
  })
})

describe('two tabs', () => {
  it('never renew at the same time', async () => {
    const { server, browser, session } = setUp()
    const other = openTab(server, browser)
    await Promise.all([session.restore(), other.restore()])
    expect(server.calls).toEqual(['refresh', 'refresh'])
    expect(server.mostAtOnce).toBe(1)
  })

  it('sign out together', async () => {
    const { server, browser, session } = setUp()
    const other = openTab(server, browser)
    await Promise.all([session.restore(), other.restore()])
    await session.signOut()
    expect(other.state.get()).toEqual({ status: 'signedOut' })
    await expect(other.accessToken()).resolves.toBeUndefined()
  })

  it('sign in together, as the same person', async () => {
    const { server, browser, session } = setUp(false)
    const other = openTab(server, browser)
    await Promise.all([session.restore(), other.restore()])
    server.user = ben
    session.signedIn(server.answer())
    await other.accessToken()
    expect(session.state.get()).toEqual({ status: 'signedIn', user: ben })
    expect(other.state.get()).toEqual({ status: 'signedIn', user: ben })
  })
})
