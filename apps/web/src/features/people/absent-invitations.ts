import type { Invitation } from '@video-meet/protocol'

interface Here {
  readonly name: string
}

/**
 * Who is invited and not here, as far as names tell: of people in a call nobody but the server knows the address, and
 * an invited person may call themselves otherwise.
 */
export function absentInvitations(invitations: readonly Invitation[], people: readonly Here[]): Invitation[] {
  const here = new Set(people.map(({ name }) => name.toLocaleLowerCase()))
  return invitations.filter(({ name }) => name === null || !here.has(name.toLocaleLowerCase()))
}
