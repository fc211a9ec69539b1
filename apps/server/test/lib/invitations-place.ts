import type { UserId } from '@video-meet/protocol'
import type { Database } from '../../src/db/database.ts'
import { InvitationCodes } from '../../src/features/invitations/invitation-codes.ts'
import { InvitationLetters } from '../../src/features/invitations/invitation-letters.ts'
import { createInvitationLinks } from '../../src/features/invitations/invitation-links.ts'
import { createInvitationNotices } from '../../src/features/invitations/invitation-notices.ts'
import { createInvitationsStore } from '../../src/features/invitations/invitations-store.ts'
import { Invitations, type InvitationsOptions } from '../../src/features/invitations/invitations.ts'
import { MeetingNews } from '../../src/features/invitations/meeting-news.ts'
import { ReceivedInvitations } from '../../src/features/invitations/received-invitations.ts'
import type { ReplyAddresses } from '../../src/features/invitations/reply-addresses.ts'
import { createMailCountsStore } from '../../src/features/mail/mail-counts-store.ts'
import type { MeetingEvents } from '../../src/features/meetings/meeting-ports.ts'
import { createMeetingViews } from '../../src/features/meetings/meeting-views.ts'
import { MailBudget, type MailLimits } from '../../src/mail/mail-budget.ts'
import type { MailMessage } from '../../src/mail/mailer.ts'
import { createPost } from '../../src/mail/post.ts'
import { createMeetingsPlace } from './meetings-place.ts'

const PUBLIC_URL = 'https://meet.example.org'

const MANY: MailLimits = { newAccount: 100_000, account: 100_000, server: 100_000 }

export interface InvitationsPlaceOptions {
  readonly replyAddresses?: ReplyAddresses
  readonly limits?: MailLimits
}

/** Invitations to real meetings on a real store; letters and notices are remembered. */
export function createInvitationsPlace(
  database: Database,
  now: () => Date,
  { replyAddresses, limits = MANY }: InvitationsPlaceOptions = {},
) {
  const mails: MailMessage[] = []
  const dismissed: string[] = []
  const told: { readonly to: UserId; readonly kind: string; readonly detail?: string }[] = []
  const events: MeetingEvents = {
    assertCanTell: (meeting) => news.assertCanTell(meeting),
    changed: (...change) => news.meetingChanged(...change),
    cancelled: (...cancellation) => news.meetingCancelled(...cancellation),
    deleted: (...deletion) => news.meetingDeleted(...deletion),
    started: (...start) => news.meetingStarted(...start),
    remind: (meeting) => news.remind(meeting),
  }
  const { meetings } = createMeetingsPlace({
    database,
    publicUrl: PUBLIC_URL,
    options: {
      events,
      now,
      invite: async (meeting, list) => void (await invitations.invite(meeting, list)),
    },
  })
  const views = createMeetingViews({
    publicUrl: PUBLIC_URL,
    isLive: () => false,
    callSettings: () => undefined,
  })
  const links = createInvitationLinks(new Uint8Array(32).fill(7), PUBLIC_URL)
  const linkTo = views.linkTo
  const budget = new MailBudget({
    store: createMailCountsStore(database),
    limits,
    findAccount: async () => ({ createdAt: new Date(0), role: 'user' }),
    now,
  })
  const options: InvitationsOptions = {
    store: createInvitationsStore(database),
    meetings: {
      find: (id) => meetings.find(id),
      owned: (id, userId) => meetings.owned(id, userId),
      move: (...move) => meetings.move(...move),
      takeSequence: (id) => meetings.takeSequence(id),
      asInvited: async (id, answer) =>
        views.meeting(await meetings.find(id), { relation: 'invited', answer }),
      linkTo,
    },
    links,
    codes: new InvitationCodes(new Uint8Array(32).fill(8), () => now().getTime()),
    letters: new InvitationLetters({ links, linkTo, publicUrl: PUBLIC_URL, replyAddresses, now }),
    post: createPost(budget, { enqueue: async (mail) => void mails.push(mail) }),
    dismiss: async (_meetingId, id) => void dismissed.push(id),
    notices: createInvitationNotices(async (users, { kind, detail }) => {
      for (const to of users) told.push({ to, kind, ...(detail !== undefined && { detail }) })
    }),
    now,
  }
  const invitations = new Invitations(options)
  const received = new ReceivedInvitations(options)
  const news = new MeetingNews(options)
  return {
    meetings,
    invitations,
    received,
    news,
    links,
    store: options.store,
    options,
    mails,
    told,
    dismissed,
  }
}
