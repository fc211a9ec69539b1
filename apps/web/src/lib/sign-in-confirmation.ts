import type { RestClient } from '@video-meet/client'
import { deferred } from '@video-meet/client/browser'
import type { Route, RouteInput } from '@video-meet/protocol'
import { toFailure } from './failure-text.ts'

/** Asks the person to confirm that it is them, when the server wants a recent sign-in. */
export class SignInConfirmation {
  readonly #listeners = new Set<() => void>()
  #waiting: ReturnType<typeof deferred<boolean>> | null = null

  /** Resolves once the person has confirmed (true) or given up. Calls at the same time share one question. */
  ask(): Promise<boolean> {
    this.#waiting ??= deferred<boolean>()
    const { promise } = this.#waiting
    this.#notify()
    return promise
  }

  settle(confirmed: boolean): void {
    this.#waiting?.resolve(confirmed)
    this.#waiting = null
    this.#notify()
  }

  readonly isAsking = (): boolean => this.#waiting !== null

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  #notify(): void {
    for (const listener of this.#listeners) listener()
  }
}

/** A client that repeats a call after the person has confirmed their sign-in. */
export function withConfirmation(rest: RestClient, confirmation: SignInConfirmation): RestClient {
  return {
    async call<R extends Route>(
      route: R,
      input: RouteInput<R>,
      options: Parameters<RestClient['call']>[2] = {},
    ) {
      try {
        return await rest.call(route, input, options)
      } catch (error) {
        if (toFailure(error).code !== 'recent_sign_in_required' || !(await confirmation.ask())) throw error
        return rest.call(route, input, options)
      }
    },
  }
}
