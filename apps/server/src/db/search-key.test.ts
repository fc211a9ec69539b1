import { expect, it } from 'vitest'
import { SEARCH_KEY_LENGTH, searchKey } from './search-key.ts'

it.each([
  ['Ärmel', 'armel'],
  ['u\u0308ber', 'uber'],
  ['STRASSE', 'strasse'],
  ['Straße', 'strasse'],
  ['İzmir', 'izmir'],
  ['Ｗｉｄｅ', 'wide'],
  ['Łódź', 'lodz'],
  ['100 % _x_', '100 % _x_'],
])('folds %j to %j', (text, key) => {
  expect(searchKey(text)).toBe(key)
})

it('is never longer than its column', () => {
  expect(searchKey('\ufdfa'.repeat(120))).toHaveLength(SEARCH_KEY_LENGTH)
})
