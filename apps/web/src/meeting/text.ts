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
  testConnection: 'Test my connection',
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
  systemDefault: 'System default',
  testSound: 'Test your sound',
  absent: (name: string) => `${name} (not connected)`,
  replaced: (before: string, after: string) => `“${before}” is gone. You are using “${after}” now.`,
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

/** What a failed join says inside the form; failures that fill the page are not here. */
export const joinFailureText: Partial<Record<JoinErrorReason, string>> = {
  rate_limited: 'Too many attempts. Wait a moment and try again.',
  too_many_from_network:
    'Too many people from your network are in meetings here. Try again when someone has left.',
  password_required: 'Type the password that you were given.',
  wrong_password: 'This is not the password of the meeting.',
  bad_name: 'This name cannot be used. It may have 64 characters and nothing invisible.',
  media_unavailable: 'The server has no media capacity right now. Try again in a moment.',
  unsupported_browser:
    'This browser cannot take part. Use a current Chrome, Edge, Firefox or Safari with WebRTC allowed.',
  internal: 'Joining did not work. Try again.',
}
