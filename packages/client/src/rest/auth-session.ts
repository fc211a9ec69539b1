import { logout, refresh, type SignedIn, type User } from '@video-meet/protocol'
import { type ReadableStore, Store } from '../core/store.ts'
import { RestError, type RestErrorCode } from '../errors.ts'
import type { RestClient } from './rest-client.ts'
import {
  browserChannel,
  browserHint,
  browserLock,
  type SessionHint,
  type TabChannel,
  type TabLock,
} from './session-parts.ts'

/** Who is signed in; `unknown` until the server was asked, with why it could not be. */
export type AuthState =
  | { readonly status: 'unknown'; readonly failure: RestErrorCode | null }
  | { readonly status: 'signedOut' }
  | { readonly status: 'signedIn'; readonly user: User }

export interface AuthSessionOptions {
  /** A client that makes calls without a token. */
  readonly rest: RestClient
  readonly lock?: TabLock
  readonly channel?: TabChannel
  readonly hint?: SessionHint
  /** Milliseconds of a clock that never jumps. */
  readonly now?: () => number
}

/** The session of the person at this browser. Its token lives in memory only. */
export interface AuthSession {
  readonly state: ReadableStore<AuthState>
  /**
   * A token that is good for a while, renewed if need be; undefined when nobody is signed in.
   *
   * @param refused a token that the server has just refused: it is not given again
   * @throws {RestError} when the server cannot be asked; the person stays signed in
   */
  readonly accessToken: (refused?: string) => Promise<string | undefined>
  /** Finds out who is signed in. Never throws: what goes wrong is in the state. */
  restore(): Promise<void>
  /** Takes over what the server answered to somebody who signed in. */
  signedIn(answer: SignedIn): void
  /**
   * Signs out on this browser.
   *
   * @throws {RestError} when the server cannot be told: the person is then still signed in
   */
  signOut(): Promise<void>
  /** The session was ended on the server in another way. */
  ended(): void
  /** The account has changed. */
  userChanged(user: User): void
}

/** A token is renewed when less than this is left of it, ms. */
const AHEAD_MS = 60_000

interface Token {
  readonly value: string
  readonly renewAt: number
  readonly endsAt: number
}

/** Creates the session; the server is asked only when somebody wants to know. */
export function createAuthSession(options: AuthSessionOptions): AuthSession {
  return new BrowserSession(options)
}

class BrowserSession implements AuthSession {
  readonly state = new Store<AuthState>({ status: 'unknown', failure: null })
  readonly #rest: RestClient
  readonly #lock: TabLock
  readonly #channel: TabChannel
  readonly #hint: SessionHint
  readonly #now: () => number
  #token: Token | null = null
  #renewal: Promise<void> | null = null
  /** Counts sign-ins and sign-outs: a renewal that one of them overtook changes nothing. */
  #epoch = 0

  constructor(options: AuthSessionOptions) {
    this.#rest = options.rest
    this.#lock = options.lock ?? browserLock
    this.#channel = options.channel ?? browserChannel()
    this.#hint = options.hint ?? browserHint
    this.#now = options.now ?? (() => performance.now())
    this.#channel.listen((message) => {
      if (message === 'signed-out') this.#drop()
      else this.#signedInElsewhere()
    })
  }

  readonly accessToken = async (refused?: string): Promise<string | undefined> => {
    if (this.#token?.value === refused) this.#token = null
    if (this.#token !== null && this.#now() < this.#token.renewAt) return this.#token.value
    if (this.state.get().status === 'unknown' && !this.#hint.read()) this.#drop()
    await this.#renew().catch((error: unknown) => {
      if (this.#token === null || this.#now() >= this.#token.endsAt) throw error
    })
    return this.#token?.value
  }

  async restore(): Promise<void> {
    if (this.state.get().status !== 'unknown') return
    await this.accessToken().catch(() => undefined)
  }

  signedIn(answer: SignedIn): void {
    this.#take(answer)
    this.#channel.tell('signed-in')
  }

  async signOut(): Promise<void> {
    await this.#lock(() => this.#rest.call(logout, {}))
    this.ended()
  }

  ended(): void {
    this.#drop()
    this.#channel.tell('signed-out')
  }

  userChanged(user: User): void {
    if (this.state.get().status === 'signedIn') this.state.set({ status: 'signedIn', user })
  }

  #take({ accessToken, expiresIn, user }: SignedIn): void {
    this.#epoch += 1
    const lifeMs = expiresIn * 1000
    const endsAt = this.#now() + lifeMs
    this.#token = { value: accessToken, endsAt, renewAt: endsAt - Math.min(AHEAD_MS, lifeMs / 2) }
    this.#hint.write(true)
    this.state.set({ status: 'signedIn', user })
  }

  #drop(): void {
    this.#epoch += 1
    this.#token = null
    this.#hint.write(false)
    this.state.set({ status: 'signedOut' })
  }

  #signedInElsewhere(): void {
    // Whose session it is now, only the server knows.
    this.#epoch += 1
    this.#token = null
    this.#renewal = null
    this.#hint.write(true)
    if (this.#isSignedOut()) this.state.set({ status: 'unknown', failure: null })
    this.#renew().catch(() => undefined)
  }

  #isSignedOut(): boolean {
    return this.state.get().status === 'signedOut'
  }

  async #renew(): Promise<void> {
    if (this.#isSignedOut()) return
    const begun = (this.#renewal ??= this.#renewNow())
    try {
      await begun
    } finally {
      if (this.#renewal === begun) this.#renewal = null
    }
    // Another tab signed in meanwhile: what was renewed is nobody's any more.
    if (this.#token === null) await this.#renew()
  }

  async #renewNow(): Promise<void> {
    const begun = this.#epoch
    try {
      const answer = await this.#lock(() => this.#rest.call(refresh, {}))
      if (this.#epoch === begun) this.#take(answer)
    } catch (error) {
      if (this.#epoch !== begun) return
      const failure = error instanceof RestError ? error.code : 'internal'
      if (failure === 'unauthorized') return this.#drop()
      // The server could not be asked, which says nothing about the session.
      if (this.state.get().status === 'unknown') this.state.set({ status: 'unknown', failure })
      throw error
    }
  }
}
