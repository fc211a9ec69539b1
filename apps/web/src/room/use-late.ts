import { Store } from '@video-meet/client'
import { useEffect } from 'react'
import { useStore } from '../lib/use-store.ts'

const AGAIN_MS = 4000

/**
 * A part of the room that most people never need: loaded when it is wanted for the first time, and tried again while
 * the server is out of reach.
 *
 * @returns a hook with what was loaded; null before that, and while it is not wanted
 */
export function createLate<T extends object>(load: () => Promise<T>): (wanted: boolean) => T | null {
  const loaded = new Store<T | null>(null)

  return function useLate(wanted) {
    const part = useStore(loaded)
    useEffect(() => {
      if (!wanted || part !== null) return
      let timer: ReturnType<typeof setTimeout> | undefined
      let stopped = false
      const attempt = (): void => {
        load().then(
          (it) => loaded.set(it),
          () => {
            if (!stopped) timer = setTimeout(attempt, AGAIN_MS)
          },
        )
      }
      attempt()
      return () => {
        stopped = true
        clearTimeout(timer)
      }
    }, [wanted, part])
    return wanted ? part : null
  }
}
