import { gridLayout, type Rect, type Size } from './grid-layout.ts'

export interface StageOptions {
  readonly area: Size
  readonly gap: number
  readonly people: number
  readonly shares: number
}

export interface StageLayout {
  readonly shares: readonly Rect[]
  readonly people: readonly Rect[]
}

/** Faces survive being cropped at the sides; how much depends on which way the screen is held. */
const NARROWEST_TILE = { wide: 4 / 3, tall: 3 / 4 } as const
const STRIP = { min: 150, max: 300, part: 0.22 } as const
/** On a tall screen the people below a share keep at least this part of the height. */
const PEOPLE_PART = 0.4

/** People alone fill the stage; shared screens take it over, with the people beside (wide) or below (tall). */
export function stageLayout({ area, gap, people, shares }: StageOptions): StageLayout {
  if (shares === 0) return { shares: [], people: peopleIn(area, people, gap) }
  return area.width >= area.height
    ? beside({ area, gap, people, shares })
    : below({ area, gap, people, shares })
}

function beside({ area, gap, people, shares }: StageOptions): StageLayout {
  const strip = Math.min(STRIP.max, Math.max(STRIP.min, area.width * STRIP.part))
  const main = { width: Math.max(0, area.width - strip - gap), height: area.height }
  return {
    shares: sharesIn(main, shares, gap),
    people: moved(peopleIn({ width: strip, height: area.height }, people, gap), {
      x: main.width + gap,
      y: 0,
    }),
  }
}

function below({ area, gap, people, shares }: StageOptions): StageLayout {
  const wanted = (area.width * 9) / 16
  const height = Math.min(wanted * shares + gap * (shares - 1), area.height * (1 - PEOPLE_PART))
  const rest = { width: area.width, height: Math.max(0, area.height - height - gap) }
  return {
    shares: sharesIn({ width: area.width, height }, shares, gap),
    people: moved(peopleIn(rest, people, gap), { x: 0, y: height + gap }),
  }
}

function peopleIn(area: Size, count: number, gap: number): Rect[] {
  const narrowest = area.width >= area.height ? NARROWEST_TILE.wide : NARROWEST_TILE.tall
  return gridLayout({ count, area, gap, narrowest })
}

/** Shared screens are letterboxed inside their tile, so the tile may have any shape. */
function sharesIn(area: Size, count: number, gap: number): Rect[] {
  return gridLayout({ count, area, gap, widest: Number.MAX_SAFE_INTEGER, narrowest: Number.MIN_VALUE })
}

function moved(rects: readonly Rect[], by: { x: number; y: number }): Rect[] {
  return rects.map((rect) => ({ ...rect, x: rect.x + by.x, y: rect.y + by.y }))
}
