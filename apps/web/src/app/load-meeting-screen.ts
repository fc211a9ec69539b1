/** The meeting's code is a bundle of its own: the start page does without it. */
export async function loadMeetingScreen() {
  const { MeetingScreen } = await import('../meeting/meeting-screen.tsx')
  return { default: MeetingScreen }
}
