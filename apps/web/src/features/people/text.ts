import type { RoomRole } from '@video-meet/protocol'

/** Participants have no badge: most people are that. */
const ROLES: Readonly<Partial<Record<RoomRole, string>>> = {
  host: 'Host',
  moderator: 'Moderator',
  presenter: 'Presenter',
  guest: 'Guest',
  observer: 'Observer',
}

export const peopleText = {
  list: 'In the meeting',
  count: (count: number) => (count === 1 ? 'Only you' : `${count} people`),
  search: 'Find a person',
  notFound: 'Nobody here has this name.',
  roles: ROLES,
  muted: 'Muted',
  unmuted: 'Microphone on',
  cameraOn: 'Camera on',
  cameraOff: 'Camera off',
  sharing: 'Sharing a screen',
  handRaised: 'Hand raised',
  reconnecting: 'Reconnecting…',
} as const
