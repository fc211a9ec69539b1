import type { RoomRole } from '@video-meet/protocol'

/** Roles as badges show them, and inside a sentence. */
export const ROLE_NAMES: Readonly<Record<RoomRole, { readonly label: string; readonly a: string }>> = {
  host: { label: 'Host', a: 'the host' },
  moderator: { label: 'Moderator', a: 'a moderator' },
  presenter: { label: 'Presenter', a: 'a presenter' },
  participant: { label: 'Participant', a: 'a participant' },
  guest: { label: 'Guest', a: 'a guest' },
  observer: { label: 'Observer', a: 'an observer' },
}
