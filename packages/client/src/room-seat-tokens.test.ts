import { expect, it } from 'vitest'
import { createSeatTokens } from './room-seat-tokens.ts'
import { FAKE_CODE } from './testing/fake-server.ts'

/** A session storage in memory. */
function buildStorage(): Storage {
  const items = new Map<string, string>()
  return {
    get length() {
      return items.size
    },
    clear: () => items.clear(),
    getItem: (key) => items.get(key) ?? null,
    key: (index) => [...items.keys()][index] ?? null,
    removeItem: (key) => void items.delete(key),
    setItem: (key, value) => void items.set(key, value),
  }
}

it('finds a token again after a reload, until the person leaves', () => {
  const storage = buildStorage()
  createSeatTokens(() => storage).set(FAKE_CODE, 'token')
  const reloaded = createSeatTokens(() => storage)
  expect(reloaded.get(FAKE_CODE)).toBe('token')
  reloaded.remove(FAKE_CODE)
  expect(reloaded.get(FAKE_CODE)).toBeUndefined()
  expect(storage.length).toBe(0)
})

it('lives without storage until the page goes', () => {
  const tokens = createSeatTokens(() => {
    throw new DOMException('Storage is off.', 'SecurityError')
  })
  tokens.set(FAKE_CODE, 'token')
  expect(tokens.get(FAKE_CODE)).toBe('token')
  tokens.remove(FAKE_CODE)
  expect(tokens.get(FAKE_CODE)).toBeUndefined()
})
