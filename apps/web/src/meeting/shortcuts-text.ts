/** Words of the keys, which are loaded late. */
export const shortcutsText = {
  title: 'Keyboard shortcuts',
  intro: 'Single keys work anywhere in the meeting, except while you type.',
  enabled: 'Use keyboard shortcuts',
  microphone: 'Mute or unmute the microphone',
  talk: 'Hold to talk while you are muted',
  camera: 'Turn the camera on or off',
  share: 'Share your screen or stop sharing',
  panel: (title: string) => `Open or close ${title}`,
  help: 'Show this list',
  closeAny: 'Close what is open',
} as const
