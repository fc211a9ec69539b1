import { describe, expect, test } from 'vitest'
import { gridLayout, type Rect, SIXTEEN_TO_NINE, type Size } from './grid-layout.ts'

const AREAS: Size[] = [
  { width: 1440, height: 780 },
  { width: 1080, height: 780 },
  { width: 820, height: 1040 },
  { width: 390, height: 700 },
  { width: 760, height: 340 },
  { width: 300, height: 300 },
  { width: 2560, height: 500 },
]
const GAP = 8
const TINY = 1e-6

const cases = AREAS.flatMap((area) => Array.from({ length: 25 }, (_, index) => ({ area, count: index + 1 })))

function rowsOf(tiles: readonly Rect[]): Rect[][] {
  return [...Map.groupBy(tiles, (tile) => Math.round(tile.y * 100)).values()]
}

describe.each(cases)('$count people on $area.width × $area.height', ({ area, count }) => {
  const tiles = gridLayout({ count, area, gap: GAP })

  test('gives everyone a tile of the same 16:9 size inside the area', () => {
    expect(tiles).toHaveLength(count)
    for (const tile of tiles) {
      expect(tile.width / tile.height).toBeCloseTo(SIXTEEN_TO_NINE, 6)
      expect(tile.width).toBeCloseTo(tiles[0]?.width ?? 0, 6)
      expect(tile.x).toBeGreaterThanOrEqual(-TINY)
      expect(tile.y).toBeGreaterThanOrEqual(-TINY)
      expect(tile.x + tile.width).toBeLessThanOrEqual(area.width + TINY)
      expect(tile.y + tile.height).toBeLessThanOrEqual(area.height + TINY)
    }
  })

  test('keeps the gap between neighbours', () => {
    for (const row of rowsOf(tiles)) {
      row.slice(1).forEach((tile, index) => {
        const before = row[index]
        expect(tile.x - (before?.x ?? 0) - tile.width).toBeCloseTo(GAP, 6)
      })
    }
  })

  test('centres every row, the last one too', () => {
    for (const row of rowsOf(tiles)) {
      const left = row[0]?.x ?? 0
      const right = area.width - ((row.at(-1)?.x ?? 0) + (row.at(-1)?.width ?? 0))
      expect(left).toBeCloseTo(right, 6)
    }
  })

  test('has no arrangement with larger tiles', () => {
    const widths = Array.from({ length: count }, (_, index) => {
      const columns = index + 1
      const rows = Math.ceil(count / columns)
      const byWidth = (area.width - (columns - 1) * GAP) / columns
      const byHeight = ((area.height - (rows - 1) * GAP) / rows) * SIXTEEN_TO_NINE
      return Math.min(byWidth, byHeight)
    })
    expect(tiles[0]?.width).toBeCloseTo(Math.max(...widths), 6)
  })
})

test.each([
  { count: 1, columns: 1 },
  { count: 2, columns: 2 },
  { count: 3, columns: 2 },
  { count: 4, columns: 2 },
  { count: 5, columns: 3 },
  { count: 6, columns: 3 },
  { count: 7, columns: 3 },
  { count: 9, columns: 3 },
  { count: 10, columns: 4 },
  { count: 12, columns: 4 },
])('puts $count people into $columns columns on a laptop', ({ count, columns }) => {
  const rows = rowsOf(gridLayout({ count, area: { width: 1416, height: 768 }, gap: GAP }))
  expect(rows[0]).toHaveLength(columns)
})

test('lets tiles grow taller than 16:9 as far as it is allowed to fill the area', () => {
  const area = { width: 390, height: 700 }
  const [alone] = gridLayout({ count: 1, area, gap: GAP, narrowest: 3 / 4 })
  expect(alone).toEqual({ x: 0, y: 90, width: 390, height: 520 })
  const [first, second] = gridLayout({ count: 2, area, gap: GAP, narrowest: 3 / 4 })
  expect(first).toEqual({ x: 0, y: 0, width: 390, height: 346 })
  expect(second).toEqual({ x: 0, y: 354, width: 390, height: 346 })
  const six = gridLayout({ count: 6, area, gap: GAP, narrowest: 3 / 4 })
  expect(rowsOf(six)).toHaveLength(3)
})

test('places nothing when there is nobody or no room', () => {
  expect(gridLayout({ count: 0, area: { width: 100, height: 100 }, gap: GAP })).toEqual([])
  expect(gridLayout({ count: 3, area: { width: 0, height: 100 }, gap: GAP })).toEqual([])
})
