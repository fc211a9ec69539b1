import type { RestErrorCode } from '@video-meet/client'

/** Words for somebody whose invitation is being used in another browser. */
export const invitationText = {
  title: 'Your invitation is being used in another browser',
  isYours: 'Switch to this browser to go on here. The other one leaves the meeting.',
  prove:
    "If that's you, we can email a code to the address that was invited. Enter it to switch to this browser.",
  orAsk: 'You can also ask to join as a guest, without the invitation.',
  emailCode: 'Email me a code',
  sending: 'Sending…',
  sent: 'We sent a code to the address that was invited. It works for 10 minutes.',
  codeLabel: 'Code from the email',
  codeMissing: 'Enter the 6 digits from the email.',
  switchHere: 'Switch here',
  anotherCode: 'Email me another code',
  askToJoin: 'Ask to join',
  back: 'Back',
} as const

const failures: Partial<Record<RestErrorCode, string>> = {
  wrong_code: "That code isn't right, or it's too old. Check the email, or ask for another code.",
  rate_limited: "We've just sent a code. Check your email, or wait a minute and ask again.",
  token_invalid: 'This invitation is no longer valid. Ask the person who invited you.',
  conflict: 'This meeting has ended or was canceled.',
  network: "We can't reach the server. Check your connection and try again.",
}

export function failureText(code: RestErrorCode | undefined): string {
  return (code && failures[code]) ?? "That didn't work. Try again."
}
