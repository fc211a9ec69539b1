import { expect, it } from 'vitest'
import { addressesIn, wrongAddressIn } from './invite-list.ts'

it('finds the addresses in what was pasted, each once', () => {
  expect(addressesIn('ana@example.org, Ben <ben@example.org>;\nANA@example.org\n\n')).toEqual([
    'ANA@example.org',
    'ben@example.org',
  ])
})

it('names the first that is none', () => {
  expect(wrongAddressIn('ana@example.org, ben')).toBe('“ben” is no mail address.')
  expect(wrongAddressIn('')).toBeUndefined()
})
