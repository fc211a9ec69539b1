import { type RefObject, useEffect, useRef } from 'react'

/**
 * Moves the focus to a heading when its screen appears, so that keyboards and screen readers start there and not where
 * the screen before was. The heading needs `tabIndex={-1}`.
 */
export function useFocusOnMount<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null)
  useEffect(() => ref.current?.focus({ preventScroll: true }), [])
  return ref
}
