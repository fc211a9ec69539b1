import type { Capability, RoomRole } from '@video-meet/protocol'
import type { CallState } from '../../room/call-state.ts'
import { permits } from '../../room/permissions.ts'
import type { Member } from '../../room/room-feature.ts'

/** Lets somebody do something, or no longer; what their role says anyway needs no decision. */
export function decideGrant(
  call: CallState,
  { person, role }: Member,
  { capability, allowed }: { readonly capability: Capability; readonly allowed: boolean },
): void {
  const grants = { ...call.standingOf(person.key).grants }
  delete grants[capability]
  if (permits(role, capability, call.policy) !== allowed) grants[capability] = allowed
  call.decide(person.key, { grants: Object.keys(grants).length > 0 ? grants : undefined })
}

export interface GivenRole {
  readonly actor: Member
  readonly subject: Member
  readonly role: RoomRole
}

/** A role comes with all that belongs to it. Whoever makes somebody else the host is a moderator from then on. */
export function giveRole(call: CallState, { actor, subject, role }: GivenRole): void {
  call.decide(subject.person.key, { role, grants: undefined })
  if (role === 'host') call.decide(actor.person.key, { role: 'moderator', grants: undefined })
}
