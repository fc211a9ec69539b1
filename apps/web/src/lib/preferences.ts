import type { CodecChoice } from '@video-meet/client'
import type { Habit } from './habits.ts'

/** What this browser remembers between visits. Nothing of it leaves the browser. */
interface Preferences extends Record<Habit, 'on' | 'off'> {
  name: string
  microphoneId: string
  cameraId: string
  speakerId: string
  videoCodec: CodecChoice
  saving: 'ask' | 'switch' | 'never'
}

const PREFIX = 'video-meet.'

/** Reads a remembered value; `undefined` when there is none or storage is out of reach. */
export function readPreference<K extends keyof Preferences>(key: K): Preferences[K] | undefined {
  try {
    return (localStorage.getItem(PREFIX + key) as Preferences[K] | null) ?? undefined
  } catch {
    // Storage is blocked (private window, site settings): the page works without memory.
    return undefined
  }
}

/** Remembers a value if the browser allows it. */
export function writePreference<K extends keyof Preferences>(key: K, value: Preferences[K]): void {
  try {
    localStorage.setItem(PREFIX + key, value)
  } catch {
    // As above.
  }
}
