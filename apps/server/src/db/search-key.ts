import { raw } from '@mikro-orm/core'

/** Longest key, in UTF-16 code units. */
export const SEARCH_KEY_LENGTH = 360

/** Letters that are searched for by others and don't decompose into them. */
const REPLACED: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
}

/** Text as it is searched by: case, accents, width and composition don't count. */
export function searchKey(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßæœøłđı]/g, (letter) => REPLACED[letter] ?? letter)
    .slice(0, SEARCH_KEY_LENGTH)
}

/** A condition: the column of a key contains `search`, in which no character is a wildcard. */
export function contains(column: string, search: string): Record<string, unknown> {
  const pattern = `%${search.replace(/[%_!]/g, '!$&')}%`
  // Only PostgreSQL and MySQL have an escape character by themselves, so all are given one.
  return { [raw((alias) => `${alias}.${column} like ? escape '!'`, [pattern])]: [] }
}
