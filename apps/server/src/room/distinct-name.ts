import type { RoomRole } from '@video-meet/protocol'
import { nameSkeleton } from '../platform/name-skeleton.ts'

/** Words that people take for a role in the call or on the server. */
const ROLE_WORDS = [
  'host',
  'co-host',
  'moderator',
  'organizer',
  'organiser',
  'presenter',
  'admin',
  'administrator',
]
const ROLE_SKELETONS: ReadonlySet<string> = new Set(ROLE_WORDS.map(nameSkeleton))

interface Named {
  readonly name: string
  /** Role in the call; null while they wait. */
  readonly role: RoomRole | null
}

/**
 * The name under which somebody appears beside others: "Ana (2)" when it looks like the name of one of them, and
 * "Host (guest)" when it says what they are not. It works wherever the name is shown or read out.
 */
export function distinctName({ name, role }: Named, others: readonly string[]): string {
  const honest = pretendsRole(name, role) ? `${name} (${role ?? 'guest'})` : name
  const taken = new Set(others.map(nameSkeleton))
  if (!taken.has(nameSkeleton(honest))) return honest
  let number = 2
  while (taken.has(nameSkeleton(`${honest} (${number})`))) number += 1
  return `${honest} (${number})`
}

function pretendsRole(name: string, role: RoomRole | null): boolean {
  if (role === 'host' || role === 'moderator') return false
  const last = /\(([^()]*)\)\s*$/.exec(name.normalize('NFKC'))?.[1]
  return [name, last ?? ''].some((words) => ROLE_SKELETONS.has(nameSkeleton(words)))
}
