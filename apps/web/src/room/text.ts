/** Words that every part of the room may need. */
export const callText = {
  shareFailed: 'The screen could not be shared.',
  changeFailed: 'That could not be changed. Try again.',
} as const
