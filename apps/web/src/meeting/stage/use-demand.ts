import type { Track } from '@video-meet/client'
import { type RefObject, useEffect } from 'react'
import { onResize } from '../../lib/use-element-size.ts'

/**
 * Tells the room how large a picture this element can show, so that it fetches no more than that, and nothing while
 * the element is out of sight.
 */
export function useDemand(track: Track | undefined, ref: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = ref.current
    if (track === undefined || element === null) return
    let visible = true
    const tell = () => {
      const heightPx = Math.round(element.clientHeight * devicePixelRatio)
      track.setDemand(visible && heightPx > 0 ? { heightPx } : 'hidden')
    }
    // Without the observer, the element counts as visible.
    const intersection =
      'IntersectionObserver' in globalThis
        ? new IntersectionObserver(([entry]) => {
            visible = entry?.isIntersecting ?? false
            tell()
          })
        : undefined
    const stopFollowing = onResize(element, tell)
    intersection?.observe(element)
    return () => {
      stopFollowing()
      intersection?.disconnect()
      track.setDemand('hidden')
    }
  }, [track, ref])
}
