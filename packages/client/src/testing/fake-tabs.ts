import type { SessionHint, TabChannel, TabLock } from '../rest/session-parts.ts'

/** What the tabs of one browser share. */
export interface FakeBrowser {
  readonly hint: SessionHint
  readonly lock: TabLock
  /** The channel of one more tab. */
  openTab(): TabChannel
}

/** A browser in memory: tabs that hear each other, with a lock and a storage of their own. */
export function createFakeBrowser(hasSession: boolean): FakeBrowser {
  let present = hasSession
  let last: Promise<unknown> = Promise.resolve()
  const tabs = new Map<TabChannel, Set<Parameters<TabChannel['listen']>[0]>>()
  return {
    hint: {
      read: () => present,
      write: (value) => {
        present = value
      },
    },
    lock(task) {
      const turn = last.then(task)
      last = turn.catch(() => undefined)
      return turn
    },
    openTab() {
      const listeners = new Set<Parameters<TabChannel['listen']>[0]>()
      const tab: TabChannel = {
        tell(message) {
          for (const [other, others] of tabs)
            if (other !== tab) for (const listener of others) listener(message)
        },
        listen: (listener) => void listeners.add(listener),
      }
      tabs.set(tab, listeners)
      return tab
    },
  }
}
