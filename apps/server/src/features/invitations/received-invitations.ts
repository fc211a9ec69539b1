import type {
  InvitationAnswer,
  InvitationId,
  InvitationStatus,
  MeetingId,
  ReceivedInvitation,
  UserId,
} from '@video-meet/protocol'
import { type Page, pageFrom, readCursor } from '../../platform/cursor.ts'
import { AppError } from '../../platform/errors.ts'
import { type InvitedMeeting, isToCome, type StoredInvitation } from './invitation.ts'
import type { InvitationsStore, InvitedUser } from './invitations-store.ts'
import type { InvitationsOptions } from './invitations.ts'
import { proposedSchedule } from './proposed-time.ts'

const DEFAULT_PAGE = 25
/** Tries to answer what is answered elsewhere at the same time. */
const MAX_TRIES = 5

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

  /** @throws {AppError} `token_invalid`, `conflict`, `bad_request` */
  answerByLink(token: string, answer: InvitationAnswer): Promise<ReceivedInvitation> {
    return this.#answer(() => this.#ofToken(token), answer)
  }

  /** @throws {AppError} `not_found`, `conflict`, `bad_request` */
  answer(
    id: InvitationId,
    actor: { readonly userId: UserId; readonly name: string },
    answer: InvitationAnswer,
  ): Promise<ReceivedInvitation> {
    const find = async () => {
      const invitation = await this.#store.find(id)
      if (!invitation || invitation.userId !== actor.userId) throw unknown()
      return { ...invitation, name: invitation.name ?? actor.name }
    }
    return this.#answer(find, answer)
  }

  /**
   * Records an answer whose sender has already been verified.
   *
   * @throws {AppError} `not_found`, `conflict`, `bad_request`
   */
  answerByMail(id: InvitationId, answer: InvitationAnswer): Promise<ReceivedInvitation> {
    const find = async () => {
      const invitation = await this.#store.find(id)
      if (!invitation) throw unknown()
      return invitation
    }
    return this.#answer(find, answer)
  }

  /** The invitation of somebody who comes to a meeting; null without one, or when they declined it. */
  async invitationOf(
    meetingId: MeetingId,
    who: { readonly userId: UserId | null; readonly invitationToken: string | undefined },
  ): Promise<StoredInvitation | null> {
    const { userId, invitationToken } = who
    const id = invitationToken === undefined ? null : this.#options.links.read(invitationToken)
    // People who signed in come with their own invitation, whosever link they opened.
    const ofAccount = userId && (await this.#store.findFor(meetingId, { userId }))
    const invitation = ofAccount ?? (id && (await this.#store.findFor(meetingId, { id })))
    return invitation && invitation.status !== 'declined' ? invitation : null
  }

  /**
   * Emails a code to the invited person, with which another browser takes over the seat of their link.
   *
   * @throws {AppError} `token_invalid`, `conflict`, `rate_limited`
   */
  async sendCode(token: string): Promise<void> {
    const { codes, letters, meetings, post } = this.#options
    const invitation = await this.#ofToken(token)
    const meeting = await meetings.find(invitation.meetingId)
    if (meeting.state !== 'open') throw new AppError('conflict', 'The meeting is over, or was canceled.')
    const postage = await post.reserve({ purpose: 'code', account: null, recipients: [invitation.email] })
    await postage.send(letters.code(meeting, invitation, codes.issue(invitation.id)))
  }

  /**
   * Turns an emailed code into a proof for the door of the meeting.
   *
   * @throws {AppError} `token_invalid`, `wrong_code`
   */
  async redeemCode(token: string, code: string): Promise<string> {
    return this.#options.codes.redeem((await this.#ofToken(token)).id, code)
  }

  /** The address that a personal link was sent to; null when it is no good. */
  async addressOf(token: string): Promise<string | null> {
    const id = this.#options.links.read(token)
    return (id && (await this.#store.find(id)))?.email ?? null
  }

  /** An account is now known to own its address: what was sent there is theirs. */
  async accountConfirmed(user: InvitedUser): Promise<void> {
    const { meetings, notices } = this.#options
    for (const invitation of await this.#store.claim(user)) {
      const meeting = await meetings.find(invitation.meetingId).catch(() => null)
      if (!meeting || !isToCome(meeting, this.#now())) continue
      await notices.toInvitees([invitation], { kind: 'invited', meeting, actor: meeting.owner?.name ?? null })
    }
  }

  /** What is kept of a user. */
  exportOf(userId: UserId): Promise<StoredInvitation[]> {
    return this.#store.listOfUser(userId)
  }

  /** Again from the start if somebody else, such as the same person in another tab, was quicker. */
  async #answer(
    find: () => Promise<StoredInvitation>,
    answer: InvitationAnswer,
  ): Promise<ReceivedInvitation> {
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const invitation = await find()
      const meeting = await this.#options.meetings.find(invitation.meetingId)
      const change = this.#changeBy(answer, invitation, meeting)
      const { status, answeredAt } = invitation
      if (!(await this.#store.change(invitation.id, change, { status, answeredAt }))) continue
      const answered = { ...invitation, ...change }
      if (!isSame(answered, invitation)) await this.#tellOwner(meeting, answered, answer)
      return this.#view(answered)
    }
    throw new AppError('conflict', 'This invitation is being answered elsewhere right now. Try again.')
  }

  #changeBy(answer: InvitationAnswer, { name }: StoredInvitation, meeting: InvitedMeeting) {
    if (meeting.state !== 'open') throw new AppError('conflict', 'The meeting is over, or was cancelled.')
    const now = this.#now()
    return {
      name: answer.name ?? name,
      status: ANSWERED[answer.answer],
      note: answer.note ?? null,
      proposal: 'proposal' in answer ? proposedSchedule(answer.proposal, meeting.schedule, now) : null,
      answeredAt: now,
    }
  }

  async #tellOwner(
    meeting: InvitedMeeting,
    answered: StoredInvitation,
    answer: InvitationAnswer,
  ): Promise<void> {
    const { letters, post, notices } = this.#options
    const mail = letters.answered(meeting, answered, answer)
    if (!mail) return
    // The answer itself is stored and shown; only its email may be one too many.
    const origin = { purpose: 'answer', account: answered.userId, recipients: [mail.to.address] } as const
    await post.trySend(origin, async () => mail)
    const kind = answered.proposal ? 'time_proposed' : 'answered'
    await notices.toOwner({
      kind,
      meeting,
      actor: answered.name ?? answered.email,
      detail: answered.status,
    })
  }

  async #view(invitation: StoredInvitation): Promise<ReceivedInvitation> {
    const { id, meetingId, email, name, role, status, note, proposal } = invitation
    const meeting = await this.#options.meetings.asInvited(meetingId, status)
    const organiser = meeting.details?.organiser ?? ''
    return { id, email, name, role, status, note, proposal, organiser, meeting }
  }

  async #ofToken(token: string): Promise<StoredInvitation> {
    const id = this.#options.links.read(token)
    const invitation = id && (await this.#store.find(id))
    if (!invitation)
      throw new AppError('token_invalid', 'This link is not good (any more). Ask who invited you.')
    return invitation
  }
}

/** Whether somebody only said again what they had said. */
function isSame(answered: StoredInvitation, before: StoredInvitation): boolean {
  const saidBy = ({ status, note, proposal }: StoredInvitation) => JSON.stringify([status, note, proposal])
  return saidBy(answered) === saidBy(before)
}

function unknown(): AppError {
  return new AppError('not_found', 'There is no such invitation.')
}
