import type { MeetingPolicy, RequestName, RoomRole, TrackSource } from '@video-meet/protocol'

/** `visitor`: any connection; `participant`: a person who is in the room. */
export type Principal = 'visitor' | 'participant'

/** Who may send which request: one row each, a request without a row does not compile. */
export const REQUEST_POLICY: Readonly<Record<RequestName, Principal>> = {
  'room.join': 'visitor',
  'room.leave': 'participant',
  'track.setMuted': 'participant',
  'track.unpublish': 'participant',
  'sfu.openSession': 'participant',
  'sfu.connectTransport': 'participant',
  'sfu.restartIce': 'participant',
  'sfu.produce': 'participant',
  'sfu.resumeConsumers': 'participant',
  'sfu.setLayers': 'participant',
  'sfu.getStats': 'participant',
  'chat.send': 'participant',
}

/** What the policy of a meeting can reserve. */
export type RoomPolicy = Pick<MeetingPolicy, 'talk' | 'share' | 'chat'>
export type Reserved = keyof RoomPolicy

const PRESENTING: ReadonlySet<RoomRole> = new Set<RoomRole>(['host', 'moderator', 'presenter'])
const CAPABILITY_OF: Readonly<Record<TrackSource, Reserved>> = {
  microphone: 'talk',
  camera: 'talk',
  screen: 'share',
  'screen-audio': 'share',
}

/** Whether a person in `role` may talk, share or chat. Observers see and hear only. */
export function may(role: RoomRole, policy: RoomPolicy, what: Reserved): boolean {
  if (role === 'observer') return false
  const who = policy[what]
  return who === 'everyone' || (who === 'presenters' && PRESENTING.has(role))
}

/** What publishing from `source` takes. */
export function capabilityOf(source: TrackSource): Reserved {
  return CAPABILITY_OF[source]
}
