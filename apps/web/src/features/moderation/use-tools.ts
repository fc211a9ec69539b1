import { Store } from '@video-meet/client'
import type { Capability } from '@video-meet/protocol'
import { useEffect } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { useMe } from '../../room/use-may.ts'
import type { ModeratorTools } from './tools.ts'

const POWERS: readonly Capability[] = ['admit', 'moderate', 'remove', 'grant', 'settings', 'end']
const AGAIN_MS = 4000

const loaded = new Store<ModeratorTools | null>(null)

/** What those work with who have a say in the meeting: loaded as soon as this person has, and null before and else. */
export function useTools(): ModeratorTools | null {
  const may = useMe()?.may ?? []
  const wanted = POWERS.some((power) => may.includes(power))
  const tools = useStore(loaded)

  useEffect(() => {
    if (!wanted || tools !== null) return
    let timer: ReturnType<typeof setTimeout> | undefined
    let stopped = false
    const load = async (): Promise<void> => {
      try {
        loaded.set((await import('./tools.ts')).tools)
      } catch {
        // The server is out of reach for the moment.
        if (!stopped) timer = setTimeout(() => void load(), AGAIN_MS)
      }
    }
    void load()
    return () => {
      stopped = true
      clearTimeout(timer)
    }
  }, [wanted, tools])

  return wanted ? tools : null
}
