import type { RequestName } from '@video-meet/protocol'

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
