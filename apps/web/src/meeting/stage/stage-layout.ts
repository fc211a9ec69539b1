import { gridLayout, type Rect, type Size } from './grid-layout.ts'

export interface StageOptions {
  readonly area: Size
  readonly gap: number
  readonly people: number
  /** Shared screens, and people who are shown large. */
  readonly large: number
}

export interface StageLayout {
  readonly large: readonly Rect[]
  readonly people: readonly Rect[]
}

/** Faces survive being cropped at the sides; how much depends on which way the screen is held. */
const NARROWEST_TILE = { wide: 4 / 3, tall: 3 / 4 } as const
const STRIP = { min: 150, max: 300, part: 0.22 } as const
/** On a tall screen the people below what is large keep at least this part of the height. */
const PEOPLE_PART = 0.4

/** People alone fill the stage; what is large takes it over, with the other people beside (wide) or below (tall). */
export function stageLayout({ area, gap, people, large }: StageOptions): StageLayout {
  if (large === 0) return { large: [], people: peopleIn(area, people, gap) }
  if (people === 0) return { large: largeIn(area, large, gap), people: [] }
  return area.width >= area.height
    ? beside({ area, gap, people, large })
    : below({ area, gap, people, large })
}

function beside({ area, gap, people, large }: StageOptions): StageLayout {
  const strip = Math.min(STRIP.max, Math.max(STRIP.min, area.width * STRIP.part))
  const main = { width: Math.max(0, area.width - strip - gap), height: area.height }
  return {
    large: largeIn(main, large, gap),
    people: moved(peopleIn({ width: strip, height: area.height }, people, gap), {
      x: main.width + gap,
      y: 0,
    }),
  }
}

function below({ area, gap, people, large }: StageOptions): StageLayout {
  const wanted = (area.width * 9) / 16
  const height = Math.min(wanted * large + gap * (large - 1), area.height * (1 - PEOPLE_PART))
  const rest = { width: area.width, height: Math.max(0, area.height - height - gap) }
  return {
    large: largeIn({ width: area.width, height }, large, gap),
    people: moved(peopleIn(rest, people, gap), { x: 0, y: height + gap }),
  }
}

function peopleIn(area: Size, count: number, gap: number): Rect[] {
  const narrowest = area.width >= area.height ? NARROWEST_TILE.wide : NARROWEST_TILE.tall
  return gridLayout({ count, area, gap, narrowest })
}

/** Shared screens are letterboxed inside their tile, and one face survives cropping: the tile may have any shape. */
function largeIn(area: Size, count: number, gap: number): Rect[] {
  return gridLayout({ count, area, gap, widest: Number.MAX_SAFE_INTEGER, narrowest: Number.MIN_VALUE })
}

function moved(rects: readonly Rect[], by: { x: number; y: number }): Rect[] {
  return rects.map((rect) => ({ ...rect, x: rect.x + by.x, y: rect.y + by.y }))
}
