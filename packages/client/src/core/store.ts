import { safeCall } from './safe-call.ts'

/** A value with subscribers; fits React's `useSyncExternalStore`. Both functions may be passed on unbound. */
export interface ReadableStore<T> {
  readonly get: () => T
  /** Calls `listener` after each change; the returned function undoes it. */
  readonly subscribe: (listener: () => void) => () => void
}

/** A value that its owner sets. Setting the same value again tells nobody. */
export class Store<T> implements ReadableStore<T> {
  #value: T
  readonly #listeners = new Set<() => void>()

  constructor(value: T) {
    this.#value = value
  }

  readonly get = (): T => this.#value

  readonly subscribe = (listener: () => void): (() => void) => {
    const subscription = () => listener()
    this.#listeners.add(subscription)
    return () => {
      this.#listeners.delete(subscription)
    }
  }

  set(next: T): void {
    if (Object.is(next, this.#value)) return
    this.#value = next
    for (const listener of Array.from(this.#listeners)) safeCall(listener)
  }
}

/** Sets some properties of an object store; tells nobody when none of them changes. */
export function patchStore<T extends object>(store: Store<T>, patch: Partial<T>): void {
  const current = store.get()
  const changed = (Object.keys(patch) as (keyof T)[]).some((key) => !Object.is(patch[key], current[key]))
  if (changed) store.set({ ...current, ...patch })
}
