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
  const shapes = [0, 1, 2, 3].flatMap((large) =>
    Array.from({ length: 13 }, (_, index) => ({ large, people: index })),
  )

  test.each(shapes)('$people people and $large large ones stay apart and inside', ({ people, large }) => {
    const layout = stageLayout({ area, gap: GAP, people, large })
    const all = [...layout.large, ...layout.people]
    expect(layout.large).toHaveLength(large)
    expect(layout.people).toHaveLength(people)
    for (const [index, rect] of all.entries()) {
      expect(rect.width).toBeGreaterThan(0)
      expect(rect.height).toBeGreaterThan(0)
      expect(inside(rect, area)).toBe(true)
      for (const other of all.slice(index + 1)) expect(overlap(rect, other)).toBe(false)
    }
  })
})

test('gives what is large the whole stage when nobody else is on it', () => {
  const area = { width: 1400, height: 760 }
  expect(stageLayout({ area, gap: GAP, people: 0, large: 1 }).large).toEqual([{ x: 0, y: 0, ...area }])
})

test('gives what is large most of a wide stage and puts the people beside it', () => {
  const { large, people } = stageLayout({
    area: { width: 1400, height: 760 },
    gap: GAP,
    people: 3,
    large: 1,
  })
  expect(large).toEqual([{ x: 0, y: 0, width: 1092, height: 760 }])
  for (const tile of people) expect(tile.x).toBeGreaterThanOrEqual(1100)
})

test('gives what is large the top of a tall stage and puts the people below it', () => {
  const { large, people } = stageLayout({
    area: { width: 360, height: 700 },
    gap: GAP,
    people: 3,
    large: 1,
  })
  expect(large).toEqual([{ x: 0, y: 0, width: 360, height: 202.5 }])
  for (const tile of people) expect(tile.y).toBeGreaterThanOrEqual(210)
})
