/** Keys that people know from other meeting programs. Panels bring their own. */
export const SHORTCUT = { microphone: 'm', camera: 'v', share: 'd', hand: 'h', help: '?' } as const

/** Whether a key press is meant for the meeting and not for a field, a dialog or the browser. */
export function isShortcutPress(event: KeyboardEvent): boolean {
  return !event.repeat && isMeantForMeeting(event)
}

/** The same for a key that may be held. */
export function isMeantForMeeting(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return false
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (document.querySelector('dialog[open]') !== null) return false
  return !(event.target instanceof Element && event.target.closest(TYPING) !== null)
}

const TYPING = 'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="dialog"]'
