import type { JoinErrorReason } from '@video-meet/client'

/** Words of the meeting's screens: before, during and after. */
export const preJoinText = {
  nameLabel: 'Your name',
  namePlaceholder: 'How the others see you',
  nameMissing: 'Tell the others who you are.',
  passwordLabel: 'Meeting password',
  joinNow: 'Join now',
  askToJoin: 'Ask to join',
  joining: 'Joining…',
  cameraIsOff: 'Your camera is off',
  cameraStarting: 'Starting your camera…',
  microphoneLevel: 'Microphone level',
  preview: 'Preview of your camera',
  devices: 'Camera and sound',
  bothDenied:
    'The browser does not let this page use your camera and microphone. Allow them in the site settings beside the address.',
  canJoinAnyway: 'You can join all the same, and see and hear the others.',
  askAgain: 'Try again',
} as const

export const deviceText = {
  camera: 'Camera',
  microphone: 'Microphone',
  speaker: 'Speaker',
  noCamera: 'No camera found',
  noMicrophone: 'No microphone found',
  unnamed: (kind: string, position: number) => `${kind} ${position}`,
} as const

export const controlText = {
  toolbar: 'Meeting controls',
  mute: 'Mute microphone',
  unmute: 'Unmute microphone',
  cameraOff: 'Turn off camera',
  cameraOn: 'Turn on camera',
  share: 'Share screen',
  stopSharing: 'Stop sharing',
  settings: 'Settings',
  shortcuts: 'Keyboard shortcuts',
  leave: 'Leave',
  closePanel: 'Close panel',
  unread: (count: number) => (count === 1 ? '1 unread message' : `${count} unread messages`),
} as const

export const tileText = {
  you: (name: string) => `${name} (you)`,
  muted: 'muted',
  reconnecting: 'reconnecting',
  reconnectingLong: 'Reconnecting…',
  screenOf: (name: string) => `Screen shared by ${name}`,
  ownScreen: 'You are sharing your screen',
  ownScreenHint: 'Everyone in the meeting sees it.',
  others: (count: number) => (count === 1 ? '1 more person' : `${count} more people`),
} as const

export const roomText = {
  stage: 'People and shared screens',
  alone: 'You are the only one here',
  aloneHint: 'Send this link to the people you want to meet.',
  connectionLost: 'The connection is lost. Trying to get you back…',
  soundBlocked: 'Your browser holds the sound back until you allow it.',
  turnOnSound: 'Turn on sound',
} as const

export const shortcutsText = {
  title: 'Keyboard shortcuts',
  intro: 'Single keys work anywhere in the meeting, except while you type.',
  enabled: 'Use keyboard shortcuts',
  microphone: 'Mute or unmute the microphone',
  camera: 'Turn the camera on or off',
  share: 'Share your screen or stop sharing',
  panel: (title: string) => `Open or close ${title}`,
  help: 'Show this list',
  closeAny: 'Close what is open',
} as const

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
  signInRequired: {
    title: 'Sign in to join',
    body: 'This meeting is for people with an account on this server.',
    signIn: 'Sign in',
  },
  notInvited: {
    title: 'This meeting is for invited people',
    body: 'You are not among them. If you got a letter, open the link in it; otherwise ask the organiser.',
  },
  meetingEnded: {
    title: 'This meeting is over',
    body: 'It has ended or was cancelled. Whoever called it can open it again.',
  },
  replaced: {
    title: 'You joined from another tab',
    body: 'A meeting can have you only once. Here you are out; the other tab carries on.',
    rejoinHere: 'Rejoin here',
  },
} as const

/** What a failed join says inside the form; failures that fill the page are not here. */
export const joinFailureText: Partial<Record<JoinErrorReason, string>> = {
  rate_limited: 'Too many attempts. Wait a moment and try again.',
  password_required: 'Type the password that you were given.',
  wrong_password: 'This is not the password of the meeting.',
  bad_name: 'This name cannot be used. It may have 64 characters and nothing invisible.',
  media_unavailable: 'The server has no media capacity right now. Try again in a moment.',
  unsupported_browser:
    'This browser cannot take part. Use a current Chrome, Edge, Firefox or Safari with WebRTC allowed.',
  internal: 'Joining did not work. Try again.',
}
