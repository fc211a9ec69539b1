import * as z from 'zod/mini'
import { RoomRole } from './role.ts'
import type { TrackSource } from './track.ts'

/**
 * What a person may do in a call:
 *
 * - `microphone`, `camera`, `screen`: publish from there (`screen` covers its sound)
 * - `chat`: write to everyone; `hand`: raise a hand
 * - `admit`: see who waits, let in, turn away, write to them
 * - `moderate`: mute, stop a camera or a share, ask to unmute, lower hands, rename, arrange what everyone sees
 * - `remove`: remove, ban, send to the waiting room
 * - `grant`: give and take roles and capabilities
 * - `settings`: lock the call, change what it allows, the panic button
 * - `end`: end the call for everyone
 */
export const Capability = z.enum([
  'microphone',
  'camera',
  'screen',
  'chat',
  'hand',
  'admit',
  'moderate',
  'remove',
  'grant',
  'settings',
  'end',
])
export type Capability = z.infer<typeof Capability>

/** What can be given to one person, and taken from them; the rest belongs to roles alone. */
export const GrantableCapability = z.enum([
  'microphone',
  'camera',
  'screen',
  'chat',
  'hand',
  'admit',
  'moderate',
  'remove',
])
export type GrantableCapability = z.infer<typeof GrantableCapability>

const CAPABILITY_OF: Readonly<Record<TrackSource, Capability>> = {
  microphone: 'microphone',
  camera: 'camera',
  screen: 'screen',
  'screen-audio': 'screen',
}

/** What publishing from `source` takes. */
export function capabilityOf(source: TrackSource): Capability {
  return CAPABILITY_OF[source]
}

const RANKS: Readonly<Record<RoomRole, number>> = {
  host: 4,
  moderator: 3,
  presenter: 2,
  participant: 1,
  guest: 1,
  observer: 1,
}

/** Whose acts reach whom: `lower`: those below alone; `equal`: their own rank too. Higher ones are out of reach. */
export type Reach = 'lower' | 'equal'

/** Whether somebody in role `actor` can act on somebody else in role `subject`. */
export function reaches(actor: RoomRole, subject: RoomRole, reach: Reach): boolean {
  const distance = RANKS[actor] - RANKS[subject]
  return reach === 'equal' ? distance >= 0 : distance > 0
}

/** The roles that somebody in a role can give to others: those below their own, and a host their own. */
export function rolesGivenBy(actor: RoomRole): readonly RoomRole[] {
  return actor === 'host'
    ? RoomRole.options
    : RoomRole.options.filter((role) => reaches(actor, role, 'lower'))
}
