import type { Track } from '@video-meet/client'
import { type RefObject, useEffect } from 'react'

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
    const resize = new ResizeObserver(tell)
    const intersection = new IntersectionObserver(([entry]) => {
      visible = entry?.isIntersecting ?? false
      tell()
    })
    resize.observe(element)
    intersection.observe(element)
    return () => {
      resize.disconnect()
      intersection.disconnect()
      track.setDemand('hidden')
    }
  }, [track, ref])
}
