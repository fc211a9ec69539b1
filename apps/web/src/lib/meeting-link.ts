import type { MeetingCode } from '@video-meet/protocol'

/** Path of the meeting's page in this app. */
export function meetingPath(code: MeetingCode): string {
  return `/meeting/${code}`
}

/** Address to hand to others: on the host under which this page was reached, as that one is known to work. */
export function meetingLink(code: MeetingCode): string {
  return new URL(meetingPath(code), location.origin).href
}
