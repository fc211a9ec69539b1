import { expect, test } from 'vitest'
import { tileLimit, visiblePeople } from './visible-people.ts'

const people = ['a', 'b', 'c', 'd', 'e'].map((id) => ({ id }))
const ids = (shown: readonly { id: string }[]) => shown.map(({ id }) => id).join('')

test('shows everyone in order while there is room', () => {
  expect(ids(visiblePeople(people, { limit: 5, activeSpeaker: 'd' }))).toBe('abcde')
})

test('keeps the last place free for the number of people who are not shown', () => {
  expect(ids(visiblePeople(people, { limit: 4, activeSpeaker: null }))).toBe('abc')
})

test('brings whoever speaks into view and moves nobody else', () => {
  expect(ids(visiblePeople(people, { limit: 4, activeSpeaker: 'e' }))).toBe('abe')
  expect(ids(visiblePeople(people, { limit: 4, activeSpeaker: 'a' }))).toBe('abc')
})

test.each([
  [8, [6, 12, 25]],
  [4, [6, 12, 16]],
  [2, [6, 9, 9]],
])('shows fewer people on smaller screens, and on a device with %d cores', (cores, limits) => {
  expect([390, 820, 1440].map((width) => tileLimit(width, cores))).toEqual(limits)
})
