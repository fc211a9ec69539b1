import { randomBytes, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { randomToken } from '../../platform/secret-token.ts'
import { createRefreshTokens } from './refresh-tokens.ts'

const tokens = createRefreshTokens(randomBytes(32))
const sessionId = randomUUID()
const seed = randomToken()

it('makes the same token of the same generation, so that two tabs get the same successor', () => {
  const token = tokens.issue({ sessionId, generation: 4 }, seed)
  expect(tokens.issue({ sessionId, generation: 4 }, seed)).toBe(token)
  expect(tokens.parse(token)).toEqual({ sessionId, generation: 4 })
  expect(tokens.isGenuine(token, seed)).toBe(true)
})

it('makes another token of each generation, session, seed and server', () => {
  const other = createRefreshTokens(randomBytes(32))
  const made = [
    tokens.issue({ sessionId, generation: 4 }, seed),
    tokens.issue({ sessionId, generation: 5 }, seed),
    tokens.issue({ sessionId: randomUUID(), generation: 4 }, seed),
    tokens.issue({ sessionId, generation: 4 }, randomToken()),
    other.issue({ sessionId, generation: 4 }, seed),
  ]
  expect(new Set(made.map((token) => token.split('.')[2])).size).toBe(5)
})

it('tells its own from those that say something else about themselves', () => {
  const [, generation, mac = ''] = tokens.issue({ sessionId, generation: 4 }, seed).split('.')
  const forged = [
    `${sessionId}.5.${mac}`,
    `${sessionId}.04.${mac}`,
    `${randomUUID()}.${generation}.${mac}`,
    `${sessionId}.4.${randomToken()}`,
    `${sessionId}.4.${mac.slice(0, 42)}`,
    `${sessionId}.4.${mac}=`,
    `${sessionId}.4.${mac}\n`,
    `${sessionId}.-4.${mac}`,
    `${sessionId}.4`,
    '',
  ]
  expect(forged.filter((token) => tokens.isGenuine(token, seed))).toEqual([])
})

it.each(['', 'x', `${'0'.repeat(36)}.1`, `${randomUUID()}.9999999999.${'a'.repeat(43)}`, ' . . '])(
  'reads nothing from %j',
  (text) => {
    expect(tokens.parse(text)).toBeNull()
  },
)
