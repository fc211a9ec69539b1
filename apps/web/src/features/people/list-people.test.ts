import { expect, test } from 'vitest'
import type { PersonView } from '../../store/meeting-slice.ts'
import { listPeople } from './list-people.ts'

const people = Object.entries({ Ana: 0, Ben: 2, Cem: 0, Dana: 1 }).map(
  ([name, hand]) => ({ name, hand }) as PersonView,
)
const names = (search: string) => listPeople(people, search).map(({ name }) => name)

test('raised hands come first, in their order, then who joined first', () => {
  expect(names('')).toEqual(['Dana', 'Ben', 'Ana', 'Cem'])
})

test('names are found by any part, in any case', () => {
  expect(names(' AN ')).toEqual(['Dana', 'Ana'])
  expect(names('x')).toEqual([])
})
