import type {
  Capability,
  MeetingPolicy,
  Reach,
  RequestName,
  RoomRole,
  WaitingRequests,
} from '@video-meet/protocol'

/*
 * Who may do what in a call: all of it stands in the two tables here. docs/permissions.md is made from them.
 */

/** What of a meeting's policy holds in its calls. */
export type RoomPolicy = Pick<
  MeetingPolicy,
  'talk' | 'video' | 'share' | 'chat' | 'waitingRoom' | 'settings' | 'topology'
>
/** The settings that open a cell of the table. */
export type Setting = 'talk' | 'video' | 'share' | 'chat' | 'settings'
/** Allowed, refused, or as the setting of this name says. */
export type Cell = boolean | Setting

/** Roles and what they may do. */
export const ROLE_TABLE: Readonly<Record<Capability, Readonly<Record<RoomRole, Cell>>>> = {
  microphone: row(true, true, true, 'talk', 'talk', false),
  camera: row(true, true, true, 'video', 'video', false),
  screen: row(true, true, true, 'share', 'share', false),
  chat: row(true, true, 'chat', 'chat', 'chat', false),
  hand: row(true, true, true, true, true, false),
  admit: row(true, true, false, false, false, false),
  moderate: row(true, true, false, false, false, false),
  remove: row(true, true, false, false, false, false),
  grant: row(true, true, false, false, false, false),
  settings: row(true, 'settings', false, false, false, false),
  end: row(true, false, false, false, false, false),
}

/** The row of a request of somebody in a call. */
export interface RequestAccess {
  /** `visitor`: any connection; `participant`: a person who is in the room. */
  readonly from: 'visitor' | 'participant'
  /** `source`: what it takes to publish from the source in the input; `unmute`: the same, unless the input mutes. */
  readonly needs?: Capability | 'source' | 'unmute'
  /** Which people the `participantId` in the input may name; somebody in this room in any case. */
  readonly subject?: Reach | 'anyone'
}

const anyone: RequestAccess = { from: 'participant' }
const moderate = (subject?: RequestAccess['subject']): RequestAccess => ({
  from: 'participant',
  needs: 'moderate',
  ...(subject && { subject }),
})
const needs = (capability: Capability, subject?: Reach): RequestAccess => ({
  from: 'participant',
  needs: capability,
  ...(subject && { subject }),
})

/** Who may send which request: one row each, a request without a row does not compile. */
export const REQUEST_POLICY: Readonly<Record<RequestName, RequestAccess>> = {
  'room.join': { from: 'visitor' },
  'room.leave': anyone,
  'room.check': anyone,
  'track.publish': { from: 'participant', needs: 'source' },
  'track.setMuted': { from: 'participant', needs: 'unmute' },
  'track.unpublish': anyone,
  'sfu.openSession': anyone,
  'sfu.connectTransport': anyone,
  'sfu.restartIce': anyone,
  'sfu.produce': { from: 'participant', needs: 'source' },
  'sfu.closeProducer': anyone,
  'sfu.resumeConsumers': anyone,
  'sfu.setLayers': anyone,
  'sfu.getStats': anyone,
  'topology.ready': anyone,
  'topology.report': anyone,
  'link.signal': { from: 'participant', subject: 'anyone' },
  'ice.getServers': anyone,
  'chat.send': needs('chat'),
  'hands.raise': needs('hand'),
  'hands.lower': anyone,
  'hands.lowerOf': moderate('equal'),
  'hands.lowerAll': moderate(),
  'layout.spotlight': moderate('anyone'),
  'layout.lead': moderate(),
  'lobby.admit': needs('admit'),
  'lobby.deny': needs('admit'),
  'lobby.message': needs('admit'),
  'stats.report': anyone,
  'moderation.stop': moderate('equal'),
  'moderation.muteAll': moderate(),
  'moderation.ask': moderate('anyone'),
  'moderation.rename': moderate('lower'),
  'moderation.remove': needs('remove', 'lower'),
  'moderation.ban': needs('remove', 'lower'),
  'moderation.listBans': needs('remove'),
  'moderation.liftBan': needs('remove'),
  'moderation.sendToWaitingRoom': needs('remove', 'lower'),
  'moderation.giveRole': needs('grant', 'lower'),
  'moderation.grant': needs('grant', 'lower'),
  'moderation.changeSettings': needs('settings'),
  'moderation.panic': needs('settings'),
  'moderation.end': needs('end'),
}

/** The row of a request in the waiting room: `visitor`: any connection; `waiting`: a person who waits. */
export const WAITING_POLICY: Readonly<Record<keyof WaitingRequests, 'visitor' | 'waiting'>> = {
  'waiting.knock': 'visitor',
  'waiting.rename': 'waiting',
  'waiting.remind': 'waiting',
  'waiting.leave': 'waiting',
}

/** Whether a role may do something where `policy` holds. */
export function permits(role: RoomRole, capability: Capability, policy: RoomPolicy): boolean {
  const cell = ROLE_TABLE[capability][role]
  if (typeof cell === 'boolean') return cell
  const who = policy[cell]
  switch (who) {
    case 'everyone':
      return true
    case 'members':
      return role !== 'guest'
    case 'presenters':
      return role === 'presenter'
    case 'moderators':
      return role === 'moderator'
    case 'host':
    case 'nobody':
      return false
  }
}

function row(
  ...[host, moderator, presenter, participant, guest, observer]: [Cell, Cell, Cell, Cell, Cell, Cell]
): Readonly<Record<RoomRole, Cell>> {
  return { host, moderator, presenter, participant, guest, observer }
}
