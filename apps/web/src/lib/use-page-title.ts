import { useEffect } from 'react'
import { PRODUCT_NAME } from './text.ts'

/** Names the browser's tab: the subject first, so that it survives a narrow tab. */
export function usePageTitle(subject?: string): void {
  useEffect(() => {
    document.title = subject === undefined ? PRODUCT_NAME : `${subject} · ${PRODUCT_NAME}`
  }, [subject])
}
