import { useMemo } from 'react'
import { browserTaste, createDates, type Dates } from '../lib/dates.ts'
import { useAccountSelector } from './account-store.ts'

/** Dates as the person who is signed in reads them; a stranger's as their browser is set. */
export function useDates(): Dates {
  const user = useAccountSelector(({ auth }) => (auth.status === 'signedIn' ? auth.user : undefined))
  const { language, timeZone } = user ?? browserTaste()
  return useMemo(() => createDates({ language, timeZone }), [language, timeZone])
}
