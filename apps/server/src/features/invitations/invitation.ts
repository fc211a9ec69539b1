import type {
  InvitationId,
  InvitationStatus,
  InvitedRole,
  Meeting,
  MeetingCode,
  MeetingId,
  MeetingSchedule,
  UserId,
} from '@video-meet/protocol'
import { nextOccurrence, type Schedule } from '../../calendar/schedule.ts'
import type { MailOrigin, MailPurpose } from '../../mail/mail-budget.ts'

/** An invitation as it is kept. */
export interface StoredInvitation {
  readonly id: InvitationId
  readonly meetingId: MeetingId
  /** The account of the invited person, as soon as there is one with this confirmed address. */
  readonly userId: UserId | null
  readonly email: string
  readonly name: string | null
  readonly role: InvitedRole
  readonly status: InvitationStatus
  readonly note: string | null
  readonly proposal: MeetingSchedule | null
  readonly answeredAt: Date | null
  readonly createdAt: Date
}

/** What invitations need to know of a meeting. */
export interface InvitedMeeting {
  readonly id: MeetingId
  readonly code: MeetingCode
  readonly title: string
  readonly description: string
  readonly agenda: string
  readonly schedule: MeetingSchedule | null
  /** When it was before it changed: what to take out of calendars when it has no time any more. */
  readonly formerSchedule?: MeetingSchedule | null
  /** In a reminder: the occurrence that it is about. */
  readonly nextStartsAt?: Date | null
  readonly state: string
  readonly owner: { readonly id: UserId; readonly name: string; readonly email: string } | null
  readonly sequence: number
}

/** What they need of the meetings. */
export interface InvitationMeetings {
  /** @throws {AppError} `meeting_not_found` */
  find(id: MeetingId): Promise<InvitedMeeting>
  /** @throws {AppError} `meeting_not_found` unless the user owns it */
  owned(id: MeetingId, userId: UserId): Promise<InvitedMeeting>
  move(
    id: MeetingId,
    actor: { readonly userId: UserId; readonly name: string },
    schedule: MeetingSchedule,
  ): Promise<void>
  /** Sequence number of a calendar entry for one person; everything that is sent later has a higher one. */
  takeSequence(id: MeetingId): Promise<number>
  /** As somebody sees it who is invited and answered so. */
  asInvited(id: MeetingId, answer: InvitationStatus): Promise<Meeting>
  linkTo(meeting: { readonly code: MeetingCode }): string
}

/** What makes two mail addresses the same. */
export function addressKey(email: string): string {
  return email.normalize('NFC').toLowerCase()
}

/** Whether the meeting will be, or is, so that it concerns those who are invited. */
export function isToCome({ state, schedule }: InvitedMeeting, now: Date): boolean {
  return state === 'open' && (!schedule || nextOccurrence(toSchedule(schedule), now) !== null)
}

export function toSchedule({ startsAt, durationMinutes, timeZone, recurrence }: MeetingSchedule): Schedule {
  return {
    startsAt: new Date(startsAt),
    durationMinutes,
    timeZone,
    ...(recurrence !== undefined && { recurrence }),
  }
}

/** Emails about `meeting`, which its owner causes. */
export function originOf(
  purpose: MailPurpose,
  { owner }: Pick<InvitedMeeting, 'owner'>,
  to: readonly Pick<StoredInvitation, 'email'>[],
): MailOrigin {
  return { purpose, account: owner?.id ?? null, recipients: to.map(({ email }) => email) }
}
