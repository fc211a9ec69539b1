import type { ReadableStore } from '@video-meet/client'

interface Watched<T, R> {
  readonly open: () => R
  readonly storeOf: (resource: R) => ReadableStore<T>
  /** Shown until the resource is open. */
  readonly initial: T
}

/** A store whose resource is open only while somebody looks at it. */
export interface WatchedStore<T, R> extends ReadableStore<T> {
  readonly current: () => R | undefined
}

/** Ties a resource with a store to its watchers: the first one opens it, the last one closes it. */
export function whileWatched<T, R extends { close: () => void }>(options: Watched<T, R>): WatchedStore<T, R> {
  let resource: R | undefined
  let watchers = 0
  let last = options.initial
  return {
    current: () => resource,
    get: () => {
      if (resource !== undefined) last = options.storeOf(resource).get()
      return last
    },
    subscribe(listener) {
      watchers += 1
      resource ??= options.open()
      const unsubscribe = options.storeOf(resource).subscribe(listener)
      return () => {
        unsubscribe()
        watchers -= 1
        if (watchers > 0) return
        resource?.close()
        resource = undefined
      }
    },
  }
}
