import { describe, expect, test } from 'vitest'
import type { Rect, Size } from './grid-layout.ts'
import { stageLayout } from './stage-layout.ts'

const GAP = 8

function overlap(a: Rect, b: Rect): boolean {
  return (
    a.x < b.x + b.width - 0.01 &&
    b.x < a.x + a.width - 0.01 &&
    a.y < b.y + b.height - 0.01 &&
    b.y < a.y + a.height - 0.01
  )
}

function inside(rect: Rect, area: Size): boolean {
  return (
    rect.x >= -0.01 &&
    rect.y >= -0.01 &&
    rect.x + rect.width <= area.width + 0.01 &&
    rect.y + rect.height <= area.height + 0.01
  )
}

const AREAS: Size[] = [
  { width: 1416, height: 760 },
  { width: 796, height: 1030 },
  { width: 374, height: 690 },
  { width: 820, height: 330 },
]

describe.each(AREAS)('on $width × $height', (area) => {
  const shapes = [0, 1, 2, 3].flatMap((shares) =>
    Array.from({ length: 12 }, (_, index) => ({ shares, people: index + 1 })),
  )

  test.each(shapes)(
    '$people people and $shares shared screens stay apart and inside',
    ({ people, shares }) => {
      const layout = stageLayout({ area, gap: GAP, people, shares })
      const all = [...layout.shares, ...layout.people]
      expect(layout.shares).toHaveLength(shares)
      expect(layout.people).toHaveLength(people)
      for (const [index, rect] of all.entries()) {
        expect(rect.width).toBeGreaterThan(0)
        expect(rect.height).toBeGreaterThan(0)
        expect(inside(rect, area)).toBe(true)
        for (const other of all.slice(index + 1)) expect(overlap(rect, other)).toBe(false)
      }
    },
  )
})

test('gives a shared screen most of a wide stage and puts the people beside it', () => {
  const { shares, people } = stageLayout({
    area: { width: 1400, height: 760 },
    gap: GAP,
    people: 3,
    shares: 1,
  })
  expect(shares).toEqual([{ x: 0, y: 0, width: 1092, height: 760 }])
  for (const tile of people) expect(tile.x).toBeGreaterThanOrEqual(1100)
})

test('gives a shared screen the top of a tall stage and puts the people below it', () => {
  const { shares, people } = stageLayout({
    area: { width: 360, height: 700 },
    gap: GAP,
    people: 3,
    shares: 1,
  })
  expect(shares).toEqual([{ x: 0, y: 0, width: 360, height: 202.5 }])
  for (const tile of people) expect(tile.y).toBeGreaterThanOrEqual(210)
})
