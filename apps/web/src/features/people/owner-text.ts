import type { InvitationStatus } from '@video-meet/protocol'

const STATUSES: Readonly<Record<InvitationStatus, string>> = {
  pending: 'No answer yet',
  accepted: 'Accepted',
  declined: 'Declined',
  proposed: 'Proposed another time',
}

export const ownerText = {
  invited: 'Invited and not here',
  statuses: STATUSES,
  email: 'Invite by mail',
  emailHint: 'ana@example.org',
  invite: 'Invite',
  wasInvited: (email: string) => `${email} was invited.`,
  attendance: (count: number) => `Attendance so far: ${count}`,
  attendanceTitle: 'Attendance so far',
  here: 'in the meeting',
  gone: 'gone',
  stay: (minutes: number, where: string) => `${minutes} min · ${where}`,
} as const
