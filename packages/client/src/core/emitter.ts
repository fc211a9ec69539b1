import { safeCall } from './safe-call.ts'

/** Events by name, each with the tuple of its arguments. */
export type EventMap = Record<string, unknown[]>

type Listeners<Events extends EventMap> = { [N in keyof Events]?: Set<(...values: Events[N]) => void> }

/** Typed events. Listeners are called in the order of subscribing and cannot throw into the emitter. */
export class Emitter<Events extends EventMap> {
  #listeners: Listeners<Events> = {}

  /** Subscribes to an event; the returned function undoes it and may be called more than once. */
  on<N extends keyof Events>(name: N, listener: (...values: Events[N]) => void): () => void {
    const listeners = (this.#listeners[name] ??= new Set())
    // A subscription of its own, so that the same function subscribed twice is called and undone twice.
    const subscription = (...values: Events[N]) => listener(...values)
    listeners.add(subscription)
    return () => {
      listeners.delete(subscription)
    }
  }

  /** Tells everyone who is subscribed at this moment, except those whom an earlier listener unsubscribes. */
  emit<N extends keyof Events>(name: N, ...values: Events[N]): void {
    const listeners = this.#listeners[name]
    if (listeners === undefined) return
    for (const listener of Array.from(listeners)) {
      if (listeners.has(listener)) safeCall(() => listener(...values))
    }
  }

  /** Forgets all listeners. */
  removeAllListeners(): void {
    for (const listeners of Object.values<Set<unknown> | undefined>(this.#listeners)) listeners?.clear()
    this.#listeners = {}
  }
}
