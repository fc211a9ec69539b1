export const peopleText = {
  title: 'People',
  list: 'In the meeting',
  count: (count: number) => (count === 1 ? 'Only you' : `${count} people`),
  muted: 'Muted',
  unmuted: 'Microphone on',
  cameraOn: 'Camera on',
  cameraOff: 'Camera off',
  sharing: 'Sharing a screen',
  reconnecting: 'Reconnecting…',
} as const
