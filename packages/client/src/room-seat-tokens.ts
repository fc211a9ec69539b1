import type { MeetingCode } from '@video-meet/protocol'

/** Keeps the token with which this tab takes its seat again, also after a reload. */
export interface SeatTokens {
  get(code: MeetingCode): string | undefined
  set(code: MeetingCode, token: string): void
  remove(code: MeetingCode): void
}

/**
 * Seat tokens in the tab's session storage.
 *
 * @param storage how to get at the storage; pages that may store nothing throw here, and live without
 */
export function createSeatTokens(storage: () => Storage = () => sessionStorage): SeatTokens {
  /** Holds the tokens where there is no storage. */
  const memory = new Map<string, string>()
  const attempt = <T>(act: (storage: Storage) => T): T | undefined => {
    try {
      return act(storage())
    } catch {
      // Storage is switched off or full; `memory` serves until the page goes.
      return undefined
    }
  }
  const keyOf = (code: MeetingCode) => `video-meet.seat.${code}`
  return {
    get: (code) => attempt((store) => store.getItem(keyOf(code))) ?? memory.get(keyOf(code)),
    set(code, token) {
      memory.set(keyOf(code), token)
      attempt((store) => store.setItem(keyOf(code), token))
    },
    remove(code) {
      memory.delete(keyOf(code))
      attempt((store) => store.removeItem(keyOf(code)))
    },
  }
}
