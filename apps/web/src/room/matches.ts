/** Whether a name has what somebody looks for, in any case. */
export function matches(name: string, search: string): boolean {
  return name.toLocaleLowerCase().includes(search.trim().toLocaleLowerCase())
}
