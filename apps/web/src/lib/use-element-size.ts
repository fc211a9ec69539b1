import { type RefObject, useLayoutEffect, useState } from 'react'

export interface ElementSize {
  readonly width: number
  readonly height: number
}

/**
 * Calls `measure` now and whenever the element's size changes; without `ResizeObserver`, when the window's does.
 *
 * @returns how to stop
 */
export function onResize(element: Element, measure: () => void): () => void {
  measure()
  if (!('ResizeObserver' in globalThis)) {
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }
  const observer = new ResizeObserver(measure)
  observer.observe(element)
  return () => observer.disconnect()
}

/** Inner size of an element in CSS pixels, kept up to date; zero before it is known. */
export function useElementSize(ref: RefObject<HTMLElement | null>): ElementSize {
  const [size, setSize] = useState<ElementSize>({ width: 0, height: 0 })

  useLayoutEffect(() => {
    const element = ref.current
    if (element === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      setSize((before) => (before.width === width && before.height === height ? before : { width, height }))
    }
    return onResize(element, measure)
  }, [ref])

  return size
}
