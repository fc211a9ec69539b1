/** Words of the pages after a call and in place of one. */
export const afterCallText = {
  rejoin: 'Rejoin',
  askToComeBack: 'Ask to come back',
  left: {
    title: 'You left the meeting',
    body: 'Everything is switched off: your camera and microphone are released.',
  },
  unreachable: {
    title: 'The connection could not be restored',
    body: 'Check your network. The meeting may still be running.',
  },
  signed_out: {
    title: 'You were signed out',
    body: 'Your account was signed out on this device, so you left the meeting.',
  },
  meeting_ended: {
    title: 'The meeting was ended',
    titleBy: (name: string) => `${name} ended the meeting`,
    body: 'It is over for everyone.',
  },
  not_waiting: {
    title: 'You are no longer waiting',
    body: 'Your camera and microphone are released.',
  },
  removed: {
    title: 'You were removed from the meeting',
    titleBy: (name: string) => `${name} removed you from the meeting`,
    body: 'You can ask to be let in again.',
  },
  banned: {
    title: 'You were removed from the meeting',
    titleBy: (name: string) => `${name} removed you from the meeting`,
    body: 'You cannot come back to it.',
  },
  ended: { title: 'The meeting is over for you', body: 'You can come back as long as it is running.' },
} as const

export const problemText = {
  linkMalformed: {
    title: 'This link is not complete',
    body: 'A meeting link ends with a code such as abcd-efghjk-mnpq. Check it, or ask for the link again.',
  },
  meetingNotFound: {
    title: 'There is no such meeting',
    body: 'It may have been removed, or a letter of the code is wrong. Ask the person who invited you.',
  },
  roomFull: {
    title: 'The meeting is full',
    body: 'Try again when somebody has left.',
    people: (count: number) => `${count} people are in it.`,
  },
  locked: {
    title: 'The meeting is locked',
    body: 'Nobody can come in at the moment. Ask somebody who is in it to unlock it, then try again.',
  },
  denied: {
    title: 'The host did not let you in',
    body: 'If you are expected, tell the host in another way, and ask again.',
    askAgain: 'Ask again',
  },
  removed: { title: 'You were removed from this meeting', body: 'You can ask to be let in again.' },
  banned: {
    title: 'You cannot join this meeting',
    body: 'The host has closed it to you. If you think that this is a mistake, talk to the host.',
  },
  versionMismatch: {
    title: 'Video Meet was updated',
    body: 'This page is older than the server. Reload it and you are ready to join.',
  },
  unreachable: {
    title: 'The server cannot be reached',
    body: 'Check your connection. If others are in the meeting already, it is probably only your network.',
  },
  tooFast: {
    title: 'Too many attempts',
    body: 'Wait a moment, then try again.',
  },
  failed: {
    title: 'Something went wrong',
    body: 'Try again. If it keeps happening, reload the page or contact the host.',
  },
  signInRequired: {
    title: 'Sign in to join',
    body: 'This meeting is for people with an account on this server.',
    signIn: 'Sign in',
  },
  invitedOnly: {
    title: 'This meeting is for invited people',
    body: 'If you are one of them, sign in with your account, or open the link in the letter that you got.',
  },
  notInvited: {
    title: 'This meeting is for invited people',
    body: 'You are not among them. If you got a letter, open the link in it; otherwise ask the organiser.',
  },
  meetingEnded: {
    title: 'This meeting is over',
    body: 'It has ended. Whoever called it can open it again.',
  },
  meetingCancelled: {
    title: 'This meeting was cancelled',
    body: 'It does not take place. The organiser knows whether there is another time.',
  },
  replaced: {
    title: 'You joined from another tab',
    body: 'A meeting can have you only once. Here you are out; the other tab carries on.',
    rejoinHere: 'Rejoin here',
  },
} as const
