import { describe, expect, it } from 'vitest'
import { pageFrom, type Position, readCursor } from './cursor.ts'

const ID = '7d9f6a52-5f0e-4b6f-9a86-0a3f3c1d2e4b'
const positions: readonly Position[] = [1, 2, 3].map((day) => ({
  at: new Date(`2026-03-0${day}T04:05:06.789Z`),
  id: ID.replace('7', String(day)),
}))
const itself = (position: Position) => position
const written = (text: string) => Buffer.from(text).toString('base64url')

describe('a page', () => {
  it('goes on where it ended', () => {
    const { items, nextCursor } = pageFrom(positions, 2, itself)
    expect(items).toEqual(positions.slice(0, 2))
    expect(readCursor(nextCursor ?? undefined)).toEqual(positions[1])
  })

  it('is the last when nothing comes after it', () => {
    expect(pageFrom(positions, 3, itself)).toEqual({ items: positions, nextCursor: null })
    expect(pageFrom([], 3, itself)).toEqual({ items: [], nextCursor: null })
  })

  it('is the first without a cursor', () => {
    expect(readCursor(undefined)).toBeNull()
  })
})

describe('a cursor', () => {
  it.each([
    ['nothing', ''],
    ['something that is no base64url', '%%%'],
    ['a time alone', written('2026-03-04T05:06:07.089Z')],
    ['a day that there is not', written(`2026-13-04T05:06:07.089Z ${ID}`)],
    ['a year that databases do not know', written(`+275760-09-13T00:00:00.000Z ${ID}`)],
    ['a year that MySQL does not know', written(`0026-03-04T05:06:07.089Z ${ID}`)],
    ['an id that is none', written('2026-03-04T05:06:07.089Z me')],
    ['more than a position', written(`2026-03-04T05:06:07.089Z ${ID} 1`)],
  ])('is refused when it is %s', (_, cursor) => {
    expect(() => readCursor(cursor)).toThrow(
      expect.objectContaining({ code: 'bad_request', message: expect.stringContaining('nextCursor') }),
    )
  })
})
