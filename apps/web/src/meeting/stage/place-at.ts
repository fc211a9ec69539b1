import type { CSSProperties } from 'react'
import type { Rect } from './grid-layout.ts'

/** Puts an absolutely positioned element where the layout wants it; on whole pixels, so that edges stay sharp. */
export function placeAt({ x, y, width, height }: Rect): CSSProperties {
  return { left: Math.round(x), top: Math.round(y), width: Math.floor(width), height: Math.floor(height) }
}
