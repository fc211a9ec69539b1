import type { MeetingCode } from '@video-meet/protocol'

const keyOf = (code: MeetingCode) => `video-meet.invitation.${code}`

/** Keeps the token of a personal link for this tab, so that the call of the meeting knows who comes. */
export function keepInvitationToken(code: MeetingCode, token: string): void {
  try {
    sessionStorage.setItem(keyOf(code), token)
  } catch {
    // Storage is switched off: then the person joins as whoever has the link.
  }
}

/** The person comes without the invitation, until they open its link again. */
export function forgetInvitationToken(code: MeetingCode): void {
  try {
    sessionStorage.removeItem(keyOf(code))
  } catch {
    // Storage is switched off, so nothing was kept.
  }
}

export function readInvitationToken(code: MeetingCode): string | undefined {
  try {
    return sessionStorage.getItem(keyOf(code)) ?? undefined
  } catch {
    return undefined
  }
}
