import { expect, test } from 'vitest'
import { hueOf, initials } from './initials.ts'

test('takes the first letters of the first and the last name', () => {
  expect(initials('Ana')).toBe('A')
  expect(initials('ana maria lópez')).toBe('AL')
  expect(initials('  ')).toBe('')
})

test('keeps letters whole that are made of several code points', () => {
  expect(initials('e\u0301va')).toBe('E\u0301')
  expect(initials('👩‍🔬 Science')).toBe('👩‍🔬S')
})

test('gives the same name the same colour and different names several', () => {
  expect(hueOf('Ana')).toBe(hueOf('Ana'))
  const hues = new Set(['Ana', 'Ben', 'Chloé', 'Dmitri', 'Emre', 'Fatima', 'Goran', 'Hana'].map(hueOf))
  expect(hues.size).toBeGreaterThan(3)
  for (const hue of hues) expect(hue).toBeLessThan(8)
})
