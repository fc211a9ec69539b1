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

/** Web Locks. Where they are missing (pages without HTTPS) or blocked, each tab acts on its own. */
export const browserLock: TabLock = async (task) => {
  let started = false
  const start = () => {
    started = true
    return task()
  }
  try {
    return (await navigator.locks.request(NAME, start)) as Awaited<ReturnType<typeof task>>
  } catch (error) {
    if (started) throw error
    return await task()
  }
}

/** A BroadcastChannel. Where the browser has or allows none, tabs don't hear of each other. */
export function browserChannel(): TabChannel {
  let channel: BroadcastChannel | undefined
  try {
    channel = new BroadcastChannel(NAME)
  } catch {
    // Blocked together with storage.
  }
  return {
    tell: (message) => channel?.postMessage(message),
    listen: (listener) =>
      channel?.addEventListener('message', ({ data }) => {
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
