import { useCallback } from 'react'
import { useAccountDispatch, useAccountSelector } from '../store/account-store.ts'
import { toastDismissed } from '../store/toast-slice.ts'
import { Toast } from '../ui/toast.tsx'

/** What the pages say in passing. */
export function AccountToast() {
  const dispatch = useAccountDispatch()
  const toast = useAccountSelector((state) => state.toast.current)
  const dismiss = useCallback(() => dispatch(toastDismissed()), [dispatch])
  return <Toast toast={toast} onDismiss={dismiss} />
}
