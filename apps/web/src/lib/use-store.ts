import type { ReadableStore } from '@video-meet/client'
import { useSyncExternalStore } from 'react'

/** Shows a value of the SDK and follows its changes. */
export function useStore<T>(store: ReadableStore<T>): T {
  return useSyncExternalStore(store.subscribe, store.get)
}

const NOTHING = () => undefined
const NO_CHANGES = () => NOTHING

/** The same for a value that need not exist. */
export function useOptionalStore<T>(store: ReadableStore<T> | undefined): T | undefined {
  return useSyncExternalStore<T | undefined>(store?.subscribe ?? NO_CHANGES, store?.get ?? NOTHING)
}
