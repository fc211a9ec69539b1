import { matches } from '../../room/matches.ts'
import type { PersonView } from '../../store/meeting-slice.ts'

/** Those with this in their name: raised hands first, in their order, then as they joined. */
export function listPeople(people: readonly PersonView[], search: string): PersonView[] {
  const last = people.length + 1
  return people
    .filter(({ name }) => matches(name, search))
    .toSorted((a, b) => (a.hand || last) - (b.hand || last))
}
