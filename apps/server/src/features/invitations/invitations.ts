/*
 * Who is invited to which meeting, and what they answer.
 */
import { randomUUID } from 'node:crypto'
import {
  type Invitation,
  type InvitationAnswer,
  InvitationId,
  type InvitationStatus,
  type InvitedRole,
  type InviteeInput,
  type MeetingId,
  type NoticeKind,
  type ReceivedInvitation,
  type UserId,
} from '@video-meet/protocol'
import type * as z from 'zod/mini'
import type { MailMessage } from '../../mail/mailer.ts'
import { type Page, pageFrom, readCursor } from '../../platform/cursor.ts'
import { AppError } from '../../platform/errors.ts'
import type { Changed, InvitationLetters } from './invitation-letters.ts'
import type { InvitationLinks } from './invitation-links.ts'
import type { InvitationMeetings, InvitedMeeting, StoredInvitation } from './invitation.ts'
import type { InvitationsStore } from './invitations-store.ts'

const MOST_OF_MEETING = 500
const DEFAULT_PAGE = 25

export interface InvitationsOptions {
  readonly store: InvitationsStore
  readonly meetings: InvitationMeetings
  readonly links: InvitationLinks
  readonly letters: InvitationLetters
  readonly sendMail: (message: MailMessage) => Promise<void>
  readonly tell: (userIds: readonly UserId[], notice: NewNotice) => Promise<void>
  readonly now?: () => Date
}

interface NewNotice {
  readonly kind: NoticeKind
  readonly meetingId: MeetingId | null
  readonly meetingTitle: string
  readonly actor: string | null
  readonly detail?: string
}

/** Who acts. */
export interface InvitationActor {
  readonly userId: UserId
  readonly name: string
}

type Invitee = z.output<typeof InviteeInput>
type ProposalAnswer = { readonly answer: 'accept' | 'decline'; readonly note?: string | undefined }

const ANSWERED: Readonly<Record<InvitationAnswer['answer'], InvitationStatus>> = {
  accept: 'accepted',
  decline: 'declined',
  propose: 'proposed',
}

export class Invitations {
  readonly #options: InvitationsOptions
  readonly #store: InvitationsStore
  readonly #now: () => Date

  constructor(options: InvitationsOptions) {
    this.#options = options
    this.#store = options.store
    this.#now = options.now ?? (() => new Date())
  }

  async list(meetingId: MeetingId, userId: UserId): Promise<Invitation[]> {
    await this.#options.meetings.owned(meetingId, userId)
    return (await this.#store.listOf(meetingId)).map(toInvitation)
  }

  /**
   * Invites those who are not yet.
   *
   * @returns all who were named
   * @throws {AppError} `conflict` when the meeting is over or has too many people
   */
  async invite(meeting: InvitedMeeting, list: readonly Invitee[]): Promise<Invitation[]> {
    if (meeting.state !== 'open')
      throw new AppError('conflict', 'The meeting is over: nobody can be invited to it.')
    const own = meeting.owner?.email.toLowerCase()
    if (list.some(({ email }) => email.toLowerCase() === own))
      throw new AppError('bad_request', 'invite: it is your own meeting, you need no invitation to it.')
    if ((await this.#store.countOf(meeting.id)) + list.length > MOST_OF_MEETING)
      throw new AppError('conflict', `A meeting has at most ${MOST_OF_MEETING} invitations.`)
    for (const invitee of list) await this.#inviteOne(meeting, invitee)
    const named = new Set(list.map(({ email }) => email.toLowerCase()))
    const all = await this.#store.listOf(meeting.id)
    return all.filter(({ email }) => named.has(email.toLowerCase())).map(toInvitation)
  }

  async setRole(
    meetingId: MeetingId,
    id: InvitationId,
    actor: InvitationActor,
    role: InvitedRole,
  ): Promise<Invitation> {
    const { invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    await this.#store.change(id, { role })
    return toInvitation({ ...invitation, role })
  }

  async withdraw(meetingId: MeetingId, id: InvitationId, actor: InvitationActor): Promise<void> {
    const { meeting, invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    if (!(await this.#store.remove(invitation))) return
    await this.#options.sendMail(this.#options.letters.cancelled(meeting, invitation, '', true))
    await this.#tellInvitee(invitation, 'invitation_withdrawn', meeting, actor.name)
  }

  async resend(meetingId: MeetingId, id: InvitationId, actor: InvitationActor): Promise<Invitation> {
    const { meeting, invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    if (meeting.state !== 'open') throw new AppError('conflict', 'The meeting is over.')
    await this.#options.sendMail(this.#options.letters.invitation(meeting, invitation))
    return toInvitation(invitation)
  }

  /** @throws {AppError} `conflict` when there is no proposal (any more) */
  async answerProposal(
    meetingId: MeetingId,
    id: InvitationId,
    { actor, answer, note = '' }: ProposalAnswer & { readonly actor: InvitationActor },
  ): Promise<Invitation> {
    const { meeting, invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    const { proposal } = invitation
    const gone = new AppError('conflict', 'There is no proposed time to answer (any more).')
    if (!proposal) throw gone
    const status = answer === 'accept' ? 'accepted' : 'pending'
    const change = { status, proposal: null, answeredAt: answer === 'accept' ? this.#now() : null } as const
    if (!(await this.#store.change(id, change, ['proposed']))) throw gone
    const changed = { ...invitation, ...change }
    if (answer === 'accept') {
      await this.#move(meeting, changed, { actor, proposal })
      await this.#tellInvitee(changed, 'proposal_accepted', meeting, actor.name)
    } else {
      await this.#options.sendMail(this.#options.letters.proposalDeclined(meeting, changed, note))
      await this.#tellInvitee(changed, 'proposal_declined', meeting, actor.name)
    }
    return toInvitation(changed)
  }

  /** What a user is invited to. */
  async received(userId: UserId, query: ReceivedQuery): Promise<Page<ReceivedInvitation>> {
    const { limit = DEFAULT_PAGE, cursor, status } = query
    const after = readCursor(cursor)
    const found = await this.#store.listReceived({ userId, status, after, limit: limit + 1 })
    const page = pageFrom(found, limit, ({ createdAt, id }) => ({ at: createdAt, id }))
    return {
      items: await Promise.all(page.items.map((item) => this.#view(item))),
      nextCursor: page.nextCursor,
    }
  }

  /** @throws {AppError} `token_invalid` */
  async open(token: string): Promise<ReceivedInvitation> {
    return this.#view(await this.#ofToken(token))
  }

  /** @throws {AppError} `token_invalid`, `conflict` */
  async answerByLink(token: string, answer: InvitationAnswer): Promise<ReceivedInvitation> {
    return this.#answer(await this.#ofToken(token), answer)
  }

  /** @throws {AppError} `not_found`, `conflict` */
  async answer(
    id: InvitationId,
    actor: InvitationActor,
    answer: InvitationAnswer,
  ): Promise<ReceivedInvitation> {
    const invitation = await this.#store.find(id)
    if (!invitation || invitation.userId !== actor.userId) throw unknown()
    return this.#answer({ ...invitation, name: invitation.name ?? actor.name }, answer)
  }

  /** What somebody is invited to a meeting as; null when they are not. */
  async roleOf(
    meetingId: MeetingId,
    who: { readonly userId: UserId | null; readonly invitationToken: string | undefined },
  ): Promise<InvitedRole | null> {
    const { userId, invitationToken } = who
    const id = invitationToken === undefined ? null : this.#options.links.read(invitationToken)
    const byLink = id && (await this.#store.findFor(meetingId, { id }))
    const invitation = byLink ?? (userId && (await this.#store.findFor(meetingId, { userId })))
    return invitation ? invitation.role : null
  }

  /** The address that a personal link was sent to; null when it is no good. */
  async addressOf(token: string): Promise<string | null> {
    const id = this.#options.links.read(token)
    return (id && (await this.#store.find(id)))?.email ?? null
  }

  /** An account is now known to own its address: what was sent there is theirs. */
  async accountConfirmed({ id, email }: { readonly id: UserId; readonly email: string }): Promise<void> {
    for (const invitation of await this.#store.claim(id, email)) {
      const meeting = await this.#options.meetings.find(invitation.meetingId)
      await this.#tellInvitee({ ...invitation, userId: id }, 'invited', meeting, meeting.owner?.name ?? null)
    }
  }

  async meetingChanged(meeting: InvitedMeeting, changes: Changed, actor: InvitationActor): Promise<void> {
    const { letters, sendMail } = this.#options
    if (changes.includes('schedule')) await this.#store.askAgain(meeting.id)
    const invitations = await this.#store.listOf(meeting.id)
    for (const invitation of invitations) await sendMail(letters.changed(meeting, invitation, changes))
    await this.#tellInvitees(invitations, 'meeting_changed', meeting, actor.name)
  }

  async meetingCancelled(
    meeting: InvitedMeeting,
    note: string,
    actor: { readonly name: string },
  ): Promise<void> {
    const { letters, sendMail } = this.#options
    const invitations = await this.#store.listOf(meeting.id)
    for (const invitation of invitations) await sendMail(letters.cancelled(meeting, invitation, note))
    await this.#tellInvitees(invitations, 'meeting_cancelled', meeting, actor.name)
  }

  /** Before it goes. Who was invited to one that is over has nothing to be told. */
  async meetingDeleted(meeting: InvitedMeeting, actor: { readonly name: string }): Promise<void> {
    if (meeting.state !== 'open') return
    await this.meetingCancelled({ ...meeting, sequence: meeting.sequence + 1 }, '', actor)
  }

  async meetingStarted(meeting: InvitedMeeting, actor: { readonly name: string } | null): Promise<void> {
    const invitations = await this.#coming(meeting.id)
    await this.#tellInvitees(invitations, 'meeting_started', meeting, actor?.name ?? null)
  }

  async remind(meeting: InvitedMeeting): Promise<void> {
    const { letters, sendMail, tell } = this.#options
    const invitations = await this.#coming(meeting.id)
    for (const invitation of invitations) await sendMail(letters.reminder(meeting, invitation))
    await this.#tellInvitees(invitations, 'meeting_starting', meeting, null)
    if (meeting.owner) await tell([meeting.owner.id], noticeOf('meeting_starting', meeting, null))
  }

  /** @throws {AppError} `conflict` for a meeting without a time */
  async calendarOf(meeting: InvitedMeeting): Promise<string> {
    const file = this.#options.letters.calendarFor(meeting, await this.#store.listOf(meeting.id))
    if (file === null) throw new AppError('conflict', 'This meeting has no time yet.')
    return file
  }

  /** What is kept of a user. */
  exportOf(userId: UserId): Promise<StoredInvitation[]> {
    return this.#store.listOfUser(userId)
  }

  async #inviteOne(meeting: InvitedMeeting, { email, role = 'participant' }: Invitee): Promise<void> {
    const account = await this.#store.accountWith(email)
    const invitation: StoredInvitation = {
      id: InvitationId.parse(randomUUID()),
      meetingId: meeting.id,
      userId: account?.id ?? null,
      email,
      name: account?.name ?? null,
      role,
      status: 'pending',
      note: null,
      proposal: null,
      answeredAt: null,
      createdAt: this.#now(),
    }
    if (!(await this.#store.add(invitation))) return
    await this.#options.sendMail(this.#options.letters.invitation(meeting, invitation))
    await this.#tellInvitee(invitation, 'invited', meeting, meeting.owner?.name ?? null)
  }

  async #answer(invitation: StoredInvitation, answer: InvitationAnswer): Promise<ReceivedInvitation> {
    const { meetings, letters, sendMail, tell } = this.#options
    const meeting = await meetings.find(invitation.meetingId)
    if (meeting.state !== 'open') throw new AppError('conflict', 'The meeting is over, or was cancelled.')
    const proposal = 'proposal' in answer ? answer.proposal : null
    if (proposal && !meeting.schedule)
      throw new AppError('conflict', 'This meeting has no time that could be another.')
    const change = {
      name: answer.name ?? invitation.name,
      status: ANSWERED[answer.answer],
      note: answer.note ?? null,
      // It moves the meeting, and leaves it as often as it is.
      proposal: proposal && withRecurrenceOf(meeting, proposal),
      answeredAt: this.#now(),
    }
    if (!(await this.#store.change(invitation.id, change))) throw unknown()
    const answered = { ...invitation, ...change }
    const isRepeated = answered.status === invitation.status && !proposal && answered.note === invitation.note
    const mail = letters.answered(meeting, answered, answer)
    if (mail && meeting.owner && !isRepeated) {
      await sendMail(mail)
      const kind = proposal ? 'time_proposed' : 'answered'
      const notice = noticeOf(kind, meeting, answered.name ?? answered.email)
      await tell([meeting.owner.id], { ...notice, detail: answered.status })
    }
    return this.#view(answered)
  }

  async #move(
    meeting: InvitedMeeting,
    invitation: StoredInvitation,
    { actor, proposal }: { actor: InvitationActor; proposal: NonNullable<StoredInvitation['proposal']> },
  ): Promise<void> {
    try {
      await this.#options.meetings.move(meeting.id, actor, proposal)
    } catch (error) {
      // It stays proposed: such a time may be over by now.
      await this.#store.change(invitation.id, {
        status: 'proposed',
        proposal,
        answeredAt: invitation.answeredAt,
      })
      throw error
    }
    // Everyone was asked again; who proposed the time has answered by that.
    await this.#store.change(invitation.id, { status: 'accepted', answeredAt: this.#now() })
  }

  async #view(invitation: StoredInvitation): Promise<ReceivedInvitation> {
    const { meetings } = this.#options
    const { id, meetingId, email, name, role, status, note, proposal } = invitation
    const { owner } = await meetings.find(meetingId)
    const meeting = await meetings.asInvited(meetingId, status)
    return { id, email, name, role, status, note, proposal, organiser: owner?.name ?? '', meeting }
  }

  async #ofToken(token: string): Promise<StoredInvitation> {
    const id = this.#options.links.read(token)
    const invitation = id && (await this.#store.find(id))
    if (!invitation)
      throw new AppError('token_invalid', 'This link is not good (any more). Ask who invited you.')
    return invitation
  }

  async #ofOwned(
    meetingId: MeetingId,
    id: InvitationId,
    userId: UserId,
  ): Promise<{ meeting: InvitedMeeting; invitation: StoredInvitation }> {
    const meeting = await this.#options.meetings.owned(meetingId, userId)
    const invitation = await this.#store.findFor(meetingId, { id })
    if (!invitation) throw unknown()
    return { meeting, invitation }
  }

  async #coming(meetingId: MeetingId): Promise<StoredInvitation[]> {
    return (await this.#store.listOf(meetingId)).filter(({ status }) => status !== 'declined')
  }

  #tellInvitee(
    invitation: StoredInvitation,
    kind: NoticeKind,
    meeting: InvitedMeeting,
    actor: string | null,
  ) {
    return this.#tellInvitees([invitation], kind, meeting, actor)
  }

  async #tellInvitees(
    invitations: readonly StoredInvitation[],
    kind: NoticeKind,
    meeting: InvitedMeeting,
    actor: string | null,
  ): Promise<void> {
    const users = invitations.flatMap(({ userId }) => userId ?? [])
    await this.#options.tell(users, noticeOf(kind, meeting, actor))
  }
}

export interface ReceivedQuery {
  readonly status?: InvitationStatus | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

function noticeOf(kind: NoticeKind, meeting: InvitedMeeting, actor: string | null): NewNotice {
  const isGone = kind === 'invitation_withdrawn'
  return { kind, meetingId: isGone ? null : meeting.id, meetingTitle: meeting.title, actor }
}

function withRecurrenceOf({ schedule }: InvitedMeeting, proposal: NonNullable<StoredInvitation['proposal']>) {
  const { recurrence: _, ...time } = proposal
  return schedule?.recurrence === undefined ? time : { ...time, recurrence: schedule.recurrence }
}

function toInvitation(invitation: StoredInvitation): Invitation {
  const { id, email, name, userId, role, status, note, proposal, answeredAt, createdAt } = invitation
  return {
    id,
    email,
    name,
    hasAccount: userId !== null,
    role,
    status,
    note,
    proposal,
    answeredAt: answeredAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

function unknown(): AppError {
  return new AppError('not_found', 'There is no such invitation.')
}
