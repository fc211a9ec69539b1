export interface Size {
  readonly width: number
  readonly height: number
}

export interface Rect extends Size {
  readonly x: number
  readonly y: number
}

export interface GridOptions {
  readonly count: number
  readonly area: Size
  /** Space between tiles, not around them. */
  readonly gap: number
  /** Width ÷ height of the widest tile allowed. */
  readonly widest?: number
  /** Width ÷ height of the narrowest tile allowed; equal to `widest`, tiles have that very shape. */
  readonly narrowest?: number
}

export const SIXTEEN_TO_NINE = 16 / 9

interface Arrangement {
  readonly columns: number
  readonly rows: number
  readonly tile: Size
}

/**
 * Places `count` equal tiles in rows so that each is as large as possible; the block and a last row that is not full
 * are centred. Tiles are 16:9 unless the options allow other shapes.
 */
export function gridLayout(options: GridOptions): Rect[] {
  const { count, area, gap } = options
  if (count < 1 || area.width <= 0 || area.height <= 0) return []
  const { columns, rows, tile } = largestArrangement(options)
  const top = (area.height - rows * tile.height - (rows - 1) * gap) / 2
  return Array.from({ length: count }, (_, index) => {
    const row = Math.floor(index / columns)
    const inRow = Math.min(columns, count - row * columns)
    const left = (area.width - inRow * tile.width - (inRow - 1) * gap) / 2
    return {
      x: left + (index % columns) * (tile.width + gap),
      y: top + row * (tile.height + gap),
      ...tile,
    }
  })
}

function largestArrangement(options: GridOptions): Arrangement {
  let best = arrangement(1, options)
  for (let columns = 2; columns <= options.count; columns += 1) {
    const candidate = arrangement(columns, options)
    if (areaOf(candidate.tile) > areaOf(best.tile)) best = candidate
  }
  return best
}

function arrangement(columns: number, options: GridOptions): Arrangement {
  const { count, area, gap, widest = SIXTEEN_TO_NINE, narrowest = widest } = options
  const rows = Math.ceil(count / columns)
  const cell = {
    width: Math.max(0, (area.width - (columns - 1) * gap) / columns),
    height: Math.max(0, (area.height - (rows - 1) * gap) / rows),
  }
  const width = Math.min(cell.width, cell.height * widest)
  return { columns, rows, tile: { width, height: Math.min(cell.height, width / narrowest) } }
}

function areaOf({ width, height }: Size): number {
  return width * height
}
