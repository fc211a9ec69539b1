import { useCallback } from 'react'
import { useAccountDispatch } from './account-store.ts'
import { toastShown } from './toast-slice.ts'

/** Says something in passing. */
export function useToast(): (text: string, tone?: 'calm' | 'error') => void {
  const dispatch = useAccountDispatch()
  return useCallback((text, tone) => void dispatch(toastShown(text, tone)), [dispatch])
}
