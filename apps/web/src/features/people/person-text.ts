import type { RoomRole } from '@video-meet/protocol'
import type { PersonAction } from './person-actions.ts'

const MAKE: Readonly<Record<RoomRole, string>> = {
  host: 'Make host…',
  moderator: 'Make moderator',
  presenter: 'Make presenter',
  participant: 'Make participant',
  guest: 'Make guest',
  observer: 'Make observer',
}

const STOP = {
  microphone: ['Mute', 'Mute and keep muted'],
  camera: ['Stop camera', 'Stop camera and keep it off'],
  screen: ['Stop share', 'Stop share and forbid it'],
} as const

const GRANT = {
  microphone: ['Allow to unmute', 'Forbid to unmute'],
  camera: ['Allow camera', 'Forbid camera'],
  screen: ['Allow sharing', 'Forbid sharing'],
  chat: ['Allow chat', 'Forbid chat'],
} as const

const ASK = { microphone: 'Ask to unmute', camera: 'Ask to turn on camera' } as const

const PLAIN = {
  lowerHand: 'Lower hand',
  rename: 'Rename…',
  sendToWaitingRoom: 'Send to waiting room',
  remove: 'Remove…',
  ban: 'Ban…',
} as const

/** What an action is called in a menu. */
export function actionText(action: PersonAction): string {
  switch (action.kind) {
    case 'stop':
      return STOP[action.source][action.lasting ? 1 : 0]
    case 'ask':
      return ASK[action.device]
    case 'grant':
      return GRANT[action.capability][action.allowed ? 0 : 1]
    case 'spotlight':
      return action.on ? 'Spotlight for everyone' : 'End spotlight'
    case 'giveRole':
      return MAKE[action.role]
    default:
      return PLAIN[action.kind]
  }
}

export const personText = {
  more: (name: string) => `More for ${name}`,
  pin: 'Pin for me',
  connection: 'Connection details',
  unpin: 'Unpin for me',
  asked: (name: string) => `${name} was asked`,
  renameTitle: (name: string) => `Rename ${name}`,
  name: 'Name',
  reason: 'Reason',
  reasonHint: (name: string) => `${name} is told the reason, and that it was you.`,
  rename: 'Rename',
  optionalReason: 'Reason (optional)',
  removeTitle: (name: string) => `Remove ${name}?`,
  removeBody: 'They leave the meeting now. If they come back, somebody has to let them in.',
  remove: 'Remove',
  banTitle: (name: string) => `Ban ${name}?`,
  banBody: 'They leave the meeting now and cannot come back. The ban can be lifted under Moderation.',
  banNetwork: 'Also keep out everyone on the same network',
  banNetworkHint: 'People in the same home or office may share one.',
  ban: 'Ban',
  makeHostTitle: (name: string) => `Make ${name} the host?`,
  makeHostBody: (name: string) =>
    `${name} then decides everything in this meeting, and you are a moderator. You cannot take it back yourself.`,
  makeHost: 'Make host',
} as const
