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
import type { MeetingEvents } from '../../src/features/meetings/meeting-ports.ts'
import { createMeetingViews } from '../../src/features/meetings/meeting-views.ts'
import type { MailMessage } from '../../src/mail/mailer.ts'
import { createMeetingsPlace } from './meetings-place.ts'

const PUBLIC_URL = 'https://meet.example.org'

/** Invitations to real meetings on a real store; letters and notices are remembered. */
export function createInvitationsPlace(database: Database, now: () => Date, replyAddresses?: ReplyAddresses) {
  const mails: MailMessage[] = []
  const told: { readonly to: UserId; readonly kind: string; readonly detail?: string }[] = []
  const events: MeetingEvents = {
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
  const options: InvitationsOptions = {
    store: createInvitationsStore(database),
    meetings: {
      find: (id) => meetings.find(id),
      owned: (id, userId) => meetings.owned(id, userId),
      move: (...move) => meetings.move(...move),
      asInvited: async (id, answer) =>
        views.meeting(await meetings.find(id), { relation: 'invited', answer }),
      linkTo,
    },
    links,
    codes: new InvitationCodes(new Uint8Array(32).fill(8), () => now().getTime()),
    letters: new InvitationLetters({ links, linkTo, publicUrl: PUBLIC_URL, replyAddresses, now }),
    sendMail: async (mail) => void mails.push(mail),
    notices: createInvitationNotices(async (users, { kind, detail }) => {
      for (const to of users) told.push({ to, kind, ...(detail !== undefined && { detail }) })
    }),
    now,
  }
  const invitations = new Invitations(options)
  const received = new ReceivedInvitations(options)
  const news = new MeetingNews(options)
  return { meetings, invitations, received, news, links, store: options.store, options, mails, told }
}
