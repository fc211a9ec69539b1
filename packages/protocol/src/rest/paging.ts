import * as z from 'zod/mini'
import { text, withExample } from '../shapes.ts'

/** Numbers in a query arrive as text. */
function wholeFromText(min: number, max: number) {
  return z.pipe(
    z.union([z.string().check(z.regex(/^\d{1,9}$/)), z.int()]),
    z.pipe(z.transform(Number), z.int().check(z.minimum(min), z.maximum(max))),
  )
}

/** Query of every list: how many at most, and where to go on. */
export const pageQuery = {
  limit: withExample(z.optional(wholeFromText(1, 100)), 25),
  /** `nextCursor` of the page before. */
  cursor: z.optional(text(500)),
}

/** One page of a list; `nextCursor` is null on the last. */
export function pageOf<Item extends z.ZodMiniType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) })
}
