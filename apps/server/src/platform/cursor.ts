import { AppError } from './errors.ts'

/** Where a page of a list ended: what the list is sorted by, and the id where that is the same. */
export interface Position {
  readonly at: Date
  readonly id: string
}

export interface Page<Item> {
  readonly items: Item[]
  readonly nextCursor: string | null
}

/** A time that every database knows, and a UUID: PostgreSQL would fail at anything else. */
const WRITTEN = /^([1-9]\d{3}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) ([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/

/**
 * Where to go on.
 *
 * @returns null for the first page
 * @throws {AppError} `bad_request` when it is not a cursor of ours
 */
export function readCursor(cursor: string | undefined): Position | null {
  if (cursor === undefined) return null
  const [, time, id] = WRITTEN.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  const at = new Date(time ?? '')
  if (id === undefined || Number.isNaN(at.getTime()))
    throw new AppError('bad_request', 'cursor: pass on the nextCursor of the page before, unchanged.')
  return { at, id }
}

/** A page of at most `limit` from `found`, which holds one more when there are more. */
export function pageFrom<Item>(
  found: readonly Item[],
  limit: number,
  positionOf: (item: Item) => Position,
): Page<Item> {
  const items = found.slice(0, limit)
  const last = items.at(-1)
  if (found.length <= limit || last === undefined) return { items, nextCursor: null }
  const { at, id } = positionOf(last)
  return { items, nextCursor: Buffer.from(`${at.toISOString()} ${id}`).toString('base64url') }
}
