import type { MeetingCode } from '@video-meet/protocol'

const KEY = 'video-meet.host'
const KEPT_MS = 30 * 86_400_000

interface Kept {
  readonly token: string
  /** When it was kept, as `Date.now()`. */
  readonly at: number
}

/** Keeps what shows that a meeting was made at this browser, by somebody without an account. */
export function keepHostToken(code: MeetingCode, token: string): void {
  const now = Date.now()
  const fresh = Object.entries(readAll()).filter(([, { at }]) => now - at < KEPT_MS)
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...Object.fromEntries(fresh), [code]: { token, at: now } }))
  } catch {
    // Storage is switched off or full: then the person joins as whoever has the link.
  }
}

export function readHostToken(code: MeetingCode): string | undefined {
  return readAll()[code]?.token
}

function readAll(): Record<string, Kept> {
  try {
    return { ...(JSON.parse(localStorage.getItem(KEY) ?? '{}') as Record<string, Kept>) }
  } catch {
    return {}
  }
}
