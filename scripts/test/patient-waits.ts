import { vi } from 'vitest'
import { timeFactor } from './time-factor.ts'

/** vitest waits for one second; what tests wait for comes at once or never, but on a busy machine "at once" takes longer. */
const DEFAULT_WAIT_MS = 5000

type Options = number | { readonly timeout?: number; readonly interval?: number } | undefined

function patient(options: Options): { timeout: number; interval?: number } {
  const given = typeof options === 'number' ? { timeout: options } : (options ?? {})
  return { ...given, timeout: (given.timeout ?? DEFAULT_WAIT_MS) * timeFactor() }
}

// Fake timers have no speed: their waits stay as they are.
const { waitFor, waitUntil } = vi
const isPatient = () => !vi.isFakeTimers()
vi.waitFor = (callback, options) => waitFor(callback, isPatient() ? patient(options) : options)
vi.waitUntil = (callback, options) => waitUntil(callback, isPatient() ? patient(options) : options)
