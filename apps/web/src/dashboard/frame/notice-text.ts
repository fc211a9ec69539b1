import type { Notice, NoticeKind } from '@video-meet/protocol'

const ANSWERS: Readonly<Record<string, string>> = {
  accepted: 'accepted',
  declined: 'declined',
  proposed: 'proposed another time for',
}

type Words = (who: string, title: string, detail: string) => string

const SENTENCES: Readonly<Record<NoticeKind, Words>> = {
  invited: (who, title) => `${who} invited you to ${title}.`,
  invitation_withdrawn: (who, title) => `${who} withdrew your invitation to ${title}.`,
  meeting_changed: (who, title) => `${who} changed ${title}.`,
  meeting_cancelled: (who, title) => `${who} cancelled ${title}.`,
  meeting_starting: (_, title) => `${title} starts soon.`,
  meeting_started: (_, title) => `${title} has started.`,
  answered: (who, title, detail) => `${who} ${ANSWERS[detail] ?? 'answered'} your invitation to ${title}.`,
  time_proposed: (who, title) => `${who} proposes another time for ${title}.`,
  proposal_accepted: (who, title) => `${who} accepted the time you proposed for ${title}.`,
  proposal_declined: (who, title) => `${who} declined the time you proposed for ${title}.`,
}

/** What happened, in a sentence. */
export function noticeSentence({ kind, actor, detail, meetingTitle }: Notice): string {
  return SENTENCES[kind](actor ?? 'Somebody', `“${meetingTitle}”`, detail ?? '')
}

export const noticesText = {
  title: 'Notifications',
  empty: 'Nothing new',
  emptyHint: 'Invitations, answers and meetings that begin appear here.',
  markRead: 'Mark all as read',
  new: 'New',
} as const
