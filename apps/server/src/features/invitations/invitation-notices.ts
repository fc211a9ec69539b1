import type { MeetingId, NoticeKind, UserId } from '@video-meet/protocol'
import type { InvitedMeeting, StoredInvitation } from './invitation.ts'

/** What somebody is told in the app. */
export interface NewNotice {
  readonly kind: NoticeKind
  readonly meetingId: MeetingId | null
  readonly meetingTitle: string
  readonly actor: string | null
  readonly detail?: string
}

export type Tell = (userIds: readonly UserId[], notice: NewNotice) => Promise<void>

/** Something that happened to a meeting or an invitation to it; `actor` did it. */
export interface Happening {
  readonly kind: NoticeKind
  readonly meeting: InvitedMeeting
  readonly actor: string | null
  readonly detail?: string
}

/** Who is told in the app what happened. */
export interface InvitationNotices {
  /** Those of them who have an account. */
  toInvitees(invitations: readonly StoredInvitation[], happening: Happening): Promise<void>
  toOwner(happening: Happening): Promise<void>
}

export function createInvitationNotices(tell: Tell): InvitationNotices {
  return {
    toInvitees: (invitations, happening) =>
      tell(
        invitations.flatMap(({ userId }) => userId ?? []),
        noticeOf(happening),
      ),
    async toOwner(happening) {
      const { owner } = happening.meeting
      if (owner) await tell([owner.id], noticeOf(happening))
    },
  }
}

function noticeOf({ kind, meeting, actor, detail }: Happening): NewNotice {
  // Whoever is not invited any more has nothing to open.
  const meetingId = kind === 'invitation_withdrawn' ? null : meeting.id
  const notice = { kind, meetingId, meetingTitle: meeting.title, actor }
  return detail === undefined ? notice : { ...notice, detail }
}
