import type { CallSettings } from '@video-meet/protocol'

type Who = CallSettings['chat']
type Waits = CallSettings['waitingRoom']

const WHO: Readonly<Record<Who, string>> = {
  everyone: 'Everyone',
  members: 'All but guests',
  presenters: 'Hosts, moderators and presenters',
  nobody: 'Nobody but hosts and moderators',
}

const WAITS: Readonly<Record<Waits, string>> = {
  nobody: 'Nobody',
  guests: 'Guests',
  not_invited: 'Whoever is not invited',
  everyone: 'Everyone',
}

export const moderationText = {
  title: 'Moderation',
  people: 'Everyone',
  muteAll: 'Mute all',
  muteAllLasting: 'Mute all and keep muted',
  lowerAll: 'Lower all hands',
  muted: 'Everyone below your role is muted.',
  mutedLasting: 'Everyone below your role is muted, and only presenters can unmute.',
  lowered: 'All hands are lowered.',
  call: 'This call',
  callHint: 'For this call only; the meeting itself stays as it is.',
  lock: 'Lock meeting',
  lockHint: 'Nobody else can come in, not even to the waiting room.',
  waitingRoom: 'Who has to wait to be let in',
  talk: 'Who may talk',
  video: 'Who may turn on a camera',
  share: 'Who may share a screen',
  chat: 'Who may write in the chat',
  who: WHO,
  waits: WAITS,
  bans: 'Banned people',
  noBans: 'Nobody is banned.',
  showBans: 'Show banned people',
  banned: (by: string, network: boolean) =>
    network ? `by ${by}, with everyone on the same network` : `by ${by}`,
  liftBan: 'Lift ban',
  liftBanOf: (name: string) => `Lift ban of ${name}`,
  lifted: (name: string) => `${name} can come in again.`,
  danger: 'Emergency',
  panic: 'Secure the meeting now',
  panicTitle: 'Secure the meeting now?',
  panicIntro: 'This happens at once:',
  panicActs: [
    'The meeting is locked: nobody else comes in.',
    'Everybody is muted, and only presenters can unmute.',
    'Screen shares stop, and so do the cameras of all but presenters.',
    'The chat is closed.',
    'The waiting room is on for everyone.',
  ],
  panicUndo: 'You can change each of these back here, one by one.',
  panicDone: 'The meeting is secured.',
  end: 'End for all',
  endTitle: 'End the meeting for everyone?',
  endBody: 'Everyone leaves at once, you too. Whoever called the meeting can open it again.',
} as const
