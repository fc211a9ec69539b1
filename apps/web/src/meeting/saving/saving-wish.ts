import { Store } from '@video-meet/client'
import { readPreference, writePreference } from '../../lib/preferences.ts'
import { useStore } from '../../lib/use-store.ts'

/** What a person wants when their connection is bad: to be asked, data to be saved by itself, or nothing. */
export type SavingWish = 'ask' | 'switch' | 'never'

const wish = new Store<SavingWish | null>(null)

/** What was chosen on this or an earlier visit. */
export function savingWish(): SavingWish {
  const chosen = wish.get() ?? readPreference('saving')
  return chosen === 'switch' || chosen === 'never' ? chosen : 'ask'
}

/** The same for what is shown, and the way to choose it for now and for later. */
export function useSavingWish(): readonly [SavingWish, (next: SavingWish) => void] {
  useStore(wish)
  return [
    savingWish(),
    (next) => {
      wish.set(next)
      writePreference('saving', next)
    },
  ]
}
