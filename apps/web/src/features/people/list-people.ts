import type { PersonView } from '../../store/meeting-slice.ts'

/** Whether a name has what somebody looks for, in any case. */
export function matches(name: string, search: string): boolean {
  return name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase())
}

/** Those with this in their name: raised hands first, in their order, then as they joined. */
export function listPeople(people: readonly PersonView[], search: string): PersonView[] {
  const last = people.length + 1
  return people
    .filter(({ name }) => matches(name, search))
    .toSorted((a, b) => (a.hand || last) - (b.hand || last))
}
