import type {
  InvitationAnswer,
  InvitationId,
  InvitationStatus,
  InvitedRole,
  MeetingId,
  MeetingSchedule,
  ReceivedInvitation,
  UserId,
} from '@video-meet/protocol'
import { type Page, pageFrom, readCursor } from '../../platform/cursor.ts'
import { AppError } from '../../platform/errors.ts'
import type { InvitedMeeting, StoredInvitation } from './invitation.ts'
import type { InvitationsStore } from './invitations-store.ts'
import type { InvitationsOptions } from './invitations.ts'

const DEFAULT_PAGE = 25

const ANSWERED: Readonly<Record<InvitationAnswer['answer'], InvitationStatus>> = {
  accept: 'accepted',
  decline: 'declined',
  propose: 'proposed',
}

export interface ReceivedQuery {
  readonly status?: InvitationStatus | undefined
  readonly cursor?: string | undefined
  readonly limit?: number | undefined
}

/** Invitations as those see them who are invited, signed in or by their personal link. */
export class ReceivedInvitations {
  readonly #options: InvitationsOptions
  readonly #store: InvitationsStore
  readonly #now: () => Date

  constructor(options: InvitationsOptions) {
    this.#options = options
    this.#store = options.store
    this.#now = options.now ?? (() => new Date())
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
    actor: { readonly userId: UserId; readonly name: string },
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
      await this.#options.notices.toInvitees([{ ...invitation, userId: id }], {
        kind: 'invited',
        meeting,
        actor: meeting.owner?.name ?? null,
      })
    }
  }

  /** What is kept of a user. */
  exportOf(userId: UserId): Promise<StoredInvitation[]> {
    return this.#store.listOfUser(userId)
  }

  async #answer(invitation: StoredInvitation, answer: InvitationAnswer): Promise<ReceivedInvitation> {
    const { meetings, letters, sendMail, notices } = this.#options
    const meeting = await meetings.find(invitation.meetingId)
    if (meeting.state !== 'open') throw new AppError('conflict', 'The meeting is over, or was cancelled.')
    const proposal = proposalIn(answer, meeting)
    const change = {
      name: answer.name ?? invitation.name,
      status: ANSWERED[answer.answer],
      note: answer.note ?? null,
      proposal,
      answeredAt: this.#now(),
    }
    if (!(await this.#store.change(invitation.id, change))) throw unknown()
    const answered = { ...invitation, ...change }
    const mail = isSame(answered, invitation) ? null : letters.answered(meeting, answered, answer)
    if (mail) {
      await sendMail(mail)
      const actor = answered.name ?? answered.email
      const kind = proposal ? 'time_proposed' : 'answered'
      await notices.toOwner({ kind, meeting, actor, detail: answered.status })
    }
    return this.#view(answered)
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
}

/** @throws {AppError} `conflict` where there is no time that could be another */
function proposalIn(answer: InvitationAnswer, { schedule }: InvitedMeeting): MeetingSchedule | null {
  if (!('proposal' in answer)) return null
  if (!schedule) throw new AppError('conflict', 'This meeting has no time that could be another.')
  // It moves the meeting, and leaves it as often as it is.
  const { recurrence: _, ...time } = answer.proposal
  return schedule.recurrence === undefined ? time : { ...time, recurrence: schedule.recurrence }
}

/** Whether somebody only said again what they had said. */
function isSame(answered: StoredInvitation, before: StoredInvitation): boolean {
  return !answered.proposal && answered.status === before.status && answered.note === before.note
}

function unknown(): AppError {
  return new AppError('not_found', 'There is no such invitation.')
}
