/** What screen readers say when something happens in the room. */
export const announcements = {
  joined: (name: string) => `${name} joined`,
  left: (name: string) => `${name} left`,
  removed: (name: string) => `${name} was removed`,
  sentToWait: (name: string) => `${name} was sent to the waiting room`,
  connectionLost: (name: string) => `${name} lost the connection`,
  reconnecting: (name: string) => `${name} is reconnecting`,
  back: (name: string) => `${name} is back`,
  handRaised: (name: string) => `${name} raised a hand`,
  moderated: 'A moderator changed something for you',
  shareStarted: (name: string) => `${name} is sharing a screen`,
  shareStopped: (name: string) => `${name} stopped sharing`,
  ownShareStarted: 'You are sharing your screen',
  ownShareStopped: 'You stopped sharing',
  ownReconnecting: 'Connection lost. Reconnecting.',
  publishFailed: 'The others cannot see or hear this of you. Switch it off and on again.',
  ownBack: 'You are connected again',
} as const
