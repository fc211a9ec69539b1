/** Lets tabs of one browser do something one after the other. */
export type TabLock = <T>(task: () => Promise<T>) => Promise<T>

/** Tells the other tabs of this browser that somebody signed in or out. */
export interface TabChannel {
  tell(message: 'signed-in' | 'signed-out'): void
  listen(listener: (message: 'signed-in' | 'signed-out') => void): void
}

/** Remembers between visits whether there is a session to renew; nothing more. */
export interface SessionHint {
  read(): boolean
  write(present: boolean): void
}

const NAME = 'video-meet.session'

/** Web Locks; where there are none, each tab is on its own. */
export const browserLock: TabLock = async (task) => {
  // Missing on pages without HTTPS.
  if (!('locks' in navigator)) return task()
  return (await navigator.locks.request(NAME, task)) as Awaited<ReturnType<typeof task>>
}

/** A BroadcastChannel. */
export function browserChannel(): TabChannel {
  const channel = new BroadcastChannel(NAME)
  return {
    tell: (message) => channel.postMessage(message),
    listen: (listener) =>
      channel.addEventListener('message', ({ data }) => {
        if (data === 'signed-in' || data === 'signed-out') listener(data)
      }),
  }
}

/** The browser's local storage. */
export const browserHint: SessionHint = {
  read() {
    try {
      return localStorage.getItem(NAME) !== null
    } catch {
      // Storage is blocked: asking the server is the only way to know.
      return true
    }
  },
  write(present) {
    try {
      if (present) localStorage.setItem(NAME, '1')
      else localStorage.removeItem(NAME)
    } catch {
      // As above.
    }
  },
}
