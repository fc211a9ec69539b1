import type { InvitationId, MeetingId, UserId } from '@video-meet/protocol'
import type { FastifyInstance } from 'fastify'
import type { Config } from '../config.ts'
import type { Database } from '../db/database.ts'
import { InvitationCodes } from '../features/invitations/invitation-codes.ts'
import { InvitationLetters } from '../features/invitations/invitation-letters.ts'
import { createInvitationLinks } from '../features/invitations/invitation-links.ts'
import { createInvitationNotices, type Tell } from '../features/invitations/invitation-notices.ts'
import type { InvitationMeetings } from '../features/invitations/invitation.ts'
import { createInvitationsStore } from '../features/invitations/invitations-store.ts'
import { Invitations, type InvitationsOptions } from '../features/invitations/invitations.ts'
import { MailReplies, type MailRepliesOptions } from '../features/invitations/mail-replies.ts'
import { MeetingNews } from '../features/invitations/meeting-news.ts'
import { ReceivedInvitations } from '../features/invitations/received-invitations.ts'
import { createReplyAddresses } from '../features/invitations/reply-addresses.ts'
import { bindInvitationRoutes } from '../features/invitations/routes.ts'
import { createDoor } from '../features/meetings/admission.ts'
import { createCallsStore } from '../features/meetings/calls-store.ts'
import { Calls } from '../features/meetings/calls.ts'
import { createGuestTokens } from '../features/meetings/guest-tokens.ts'
import { createHostTokens } from '../features/meetings/host-tokens.ts'
import { MeetingLife } from '../features/meetings/meeting-life.ts'
import type { MeetingEvents, MeetingPorts } from '../features/meetings/meeting-ports.ts'
import { createMeetingViews } from '../features/meetings/meeting-views.ts'
import type { StoredMeeting } from '../features/meetings/meeting.ts'
import { createMeetingsStore } from '../features/meetings/meetings-store.ts'
import { Meetings } from '../features/meetings/meetings.ts'
import type { Bans } from '../features/moderation/bans.ts'
import { derivedKey } from '../platform/derived-key.ts'
import type { Logger } from '../platform/logger.ts'
import { SerialQueue } from '../platform/serial-queue.ts'
import { otherHolders } from '../room/invitation-seat.ts'
import type { Peer } from '../room/peer.ts'
import type { ResumeTokens } from '../room/resume-token.ts'
import type { Act } from '../room/room-feature.ts'
import type { RoomMeeting, RoomObserver } from '../room/room-options.ts'
import type { RoomRegistry } from '../room/room-registry.ts'
import type { WaitingRooms } from '../room/waiting-rooms.ts'
import type { assembleAccounts } from './accounts.ts'

export interface MeetingsParts extends Pick<MeetingPorts, 'settings' | 'templates'> {
  readonly config: Config
  readonly database: Database
  readonly secretKey: Uint8Array
  readonly registry: RoomRegistry
  readonly waitingRooms: WaitingRooms
  readonly bans: Bans
  readonly resumeTokens: ResumeTokens
  readonly people: Pick<ReturnType<typeof assembleAccounts>, 'accounts' | 'passwords' | 'authenticate'>
  readonly post: InvitationsOptions['post']
  readonly tell: Tell
  readonly log: Logger
}

/** What keeps a record of who was in a call. */
interface Attendance {
  joined(arrival: {
    readonly meetingId: MeetingId
    readonly participantId: Peer['id']
    readonly personKey: string
    readonly userId: UserId | null
    readonly name: string
    readonly role: string
  }): void
  left(departure: { readonly meetingId: MeetingId; readonly participantId: Peer['id'] }, at?: Date): void
}

/** Puts together meetings, the invitations to them, and the door of their calls. */
export function assembleMeetings(parts: MeetingsParts) {
  const { config, database, secretKey, settings, templates, registry, waitingRooms, people, log } = parts
  const store = createMeetingsStore(database)
  const isLive = (id: MeetingId) => registry.isLive(id)
  const endRoom = (id: MeetingId, how?: { readonly by: string }) => {
    registry.end(id, how)
    waitingRooms.end(id)
  }
  const views = createMeetingViews({
    publicUrl: config.publicUrl,
    isLive: ({ id }) => isLive(id),
    callSettings: (id) => registry.find(id)?.call.settings,
  })
  const hostTokens = createHostTokens(derivedKey(secretKey, 'hosts'))
  const callStates = new Calls({
    store: createCallsStore(database),
    live: (id) => registry.find(id)?.call,
  })
  const events = eventsFor(() => news)
  const meetings = new Meetings({
    store,
    views,
    events,
    settings,
    templates,
    isLive,
    endRoom,
    policyChanged: (id, policy) => {
      const room = registry.find(id)
      // A call hands it on to its waiting room by itself.
      if (room) room.call.policyChanged(policy)
      else waitingRooms.settingsChanged(id, policy)
    },
    passwords: people.passwords,
    invite: async (meeting, list) => void (await invitations.invite(meeting, list)),
  })
  const invitationMeetings: InvitationMeetings = {
    find: (id) => meetings.find(id),
    owned: (id, userId) => meetings.owned(id, userId),
    move: (...move) => meetings.move(...move),
    takeSequence: (id) => meetings.takeSequence(id),
    asInvited: async (id, answer) => views.meeting(await meetings.find(id), { relation: 'invited', answer }),
    linkTo: (meeting) => views.linkTo(meeting),
  }
  const links = createInvitationLinks(derivedKey(secretKey, 'invitations'), config.publicUrl)
  const replyAddresses = replyAddressesOf(parts)
  const { linkTo } = views
  const letters = new InvitationLetters({ links, publicUrl: config.publicUrl, replyAddresses, linkTo })
  const codes = new InvitationCodes(derivedKey(secretKey, 'invitation-codes'))
  const shared: InvitationsOptions = {
    store: createInvitationsStore(database),
    meetings: invitationMeetings,
    links,
    codes,
    letters,
    post: parts.post,
    notices: createInvitationNotices(parts.tell),
    dismiss: async (id, ...whom) => dismissInvited(registry, await meetings.find(id), ...whom),
  }
  const invitations = new Invitations(shared)
  const received = new ReceivedInvitations(shared)
  const news = new MeetingNews(shared)
  const answer: MailRepliesOptions['answer'] = (...answered) => received.answerByMail(...answered)
  const replies = replyAddresses && new MailReplies({ ...shared, addresses: replyAddresses, answer, log })
  const life = new MeetingLife({
    store,
    events,
    settings,
    // An empty room may fill again: the call is over when it has closed.
    isLive: (id) => registry.find(id) !== undefined,
    endRoom,
    log: log.child({ name: 'meetings' }),
  })
  const door = createDoor({
    store,
    guests: createGuestTokens(derivedKey(secretKey, 'guests')),
    hosts: hostTokens,
    calls: callStates,
    readResumeToken: (id, token) => parts.resumeTokens.read(id, token),
    tickets: waitingRooms,
    hasPlace: (id, key) => waitingRooms.hasPlace(id, key),
    isBanned: (id, who) => parts.bans.keepsOut(id, who),
    // Tokens for scripts are no way into a call.
    authenticate: async (token) => {
      const principal = await people.authenticate(token)
      return principal?.scopes === null ? principal : null
    },
    invitationOf: (id, who) => received.invitationOf(id, who),
    provesInvitation: (id, proof) => codes.isProof(id, proof),
    isInvitationHeld: (id, person) => otherHolders(registry.find(id)?.peers ?? [], person).length > 0,
    isSeated: (id, key) => registry.find(id)?.peers.some(({ person }) => person.key === key) ?? false,
    verifyPassword: (hash, password) => people.passwords.verify(hash, password),
  })
  /** What calls do to meetings is written in the order in which it happens. */
  const calls = new SerialQueue()
  const noted = (work: () => Promise<void>) => {
    calls.add(work).catch((error: unknown) => log.error({ err: error }, 'a call could not be noted'))
  }
  return {
    meetings,
    received,
    /** Takes answers by email; undefined when the server has no mailbox to read. */
    replies,
    life,
    door,
    hostTokens,
    ownerOf: async (userId: UserId) => {
      const { id, name, email } = await people.accounts.find(userId)
      return { id, name, email }
    },
    calendarOf: news.calendarOf.bind(news),
    exportOf: (userId: UserId) => store.listOwned(userId),
    bindInvitationRoutes: (http: FastifyInstance) =>
      bindInvitationRoutes(http, { invitations, received, meetings: invitationMeetings }),
    observe: (attendance: Attendance, acted: (meeting: RoomMeeting, act: Act) => void): RoomObserver => ({
      ...observerOf({ attendance, life, callStates, noted }),
      acted,
    }),
    /** Waits for what is being written. */
    close: () => calls.add(() => Promise.resolve()),
  }
}

/** Ends the stay of somebody in the call of a meeting for invited people, whose invitation was withdrawn. */
function dismissInvited(
  registry: RoomRegistry,
  { id, policy }: StoredMeeting,
  ...[invitationId, by]: [InvitationId, { readonly name: string }]
): void {
  if (policy.join !== 'invited') return
  const isMeant = ({ person }: Peer) => person.invitationId === invitationId
  registry.find(id)?.dismiss({ reason: 'removed', by: by.name }, isMeant)
}

/** Addresses that calendar programs answer to, when there is a mailbox that receives the answers. */
function replyAddressesOf({ config, secretKey }: Pick<MeetingsParts, 'config' | 'secretKey'>) {
  const { mailbox } = config
  return mailbox && createReplyAddresses(mailbox.address, derivedKey(secretKey, 'mail replies'))
}

/** @param news invitations, which are put together after meetings */
function eventsFor(news: () => MeetingNews): MeetingEvents {
  return {
    assertCanTell: (meeting) => news().assertCanTell(meeting),
    changed: (...change) => news().meetingChanged(...change),
    cancelled: (...cancellation) => news().meetingCancelled(...cancellation),
    deleted: (...deletion) => news().meetingDeleted(...deletion),
    started: (...start) => news().meetingStarted(...start),
    remind: (meeting) => news().remind(meeting),
  }
}

interface Observing {
  readonly attendance: Attendance
  readonly life: MeetingLife
  readonly callStates: Calls
  readonly noted: (work: () => Promise<void>) => void
}

/** What happens in rooms goes on record. */
function observerOf({ attendance, life, callStates, noted }: Observing): Omit<RoomObserver, 'acted'> {
  return {
    opened: (id) => noted(() => life.callBegan(id)),
    joined: (meetingId, { id, name, role, person }) => {
      const { key, userId } = person
      attendance.joined({ meetingId, participantId: id, personKey: key, userId, name, role })
    },
    // Whoever did not come back left when they were lost, not when their seat was given up.
    left: (meetingId, { id, lostAt }) =>
      attendance.left({ meetingId, participantId: id }, lostAt ?? undefined),
    callChanged: (id, call) => noted(() => callStates.changed(id, call)),
    closed(id, isOver) {
      // Of a call that goes on in the next process, that one says when it is over.
      if (!isOver) return
      noted(() => life.callEnded(id))
      noted(() => callStates.over(id))
    },
  }
}
