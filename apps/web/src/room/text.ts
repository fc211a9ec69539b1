/** Words that every part of the room may need. */
export const callText = {
  shareFailed: 'The screen could not be shared.',
  blocked: {
    microphone: 'You cannot unmute until the host lets you.',
    camera: 'You cannot turn on your camera until the host lets you.',
    screen: 'You cannot share your screen until the host lets you.',
    chat: 'You cannot write until the host lets you.',
    hand: 'You cannot raise your hand until the host lets you.',
  },
  offers: { microphone: 'Unmute', camera: 'Turn on camera', returned: 'Use it again' },
  changeFailed: 'That could not be changed. Try again.',
} as const
