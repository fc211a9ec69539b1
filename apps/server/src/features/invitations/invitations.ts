/*
 * Who is invited to which meeting, and what they answer.
 */
import { randomUUID } from 'node:crypto'
import {
  type Invitation,
  InvitationId,
  type InvitedRole,
  type InviteeInput,
  type MeetingId,
  type UserId,
} from '@video-meet/protocol'
import type * as z from 'zod/mini'
import type { Post, Postage } from '../../mail/post.ts'
import { AppError } from '../../platform/errors.ts'
import type { InvitationCodes } from './invitation-codes.ts'
import type { InvitationLetters } from './invitation-letters.ts'
import type { InvitationLinks } from './invitation-links.ts'
import type { InvitationNotices } from './invitation-notices.ts'
import {
  addressKey,
  type InvitationMeetings,
  type InvitedMeeting,
  isToCome,
  originOf,
  type StoredInvitation,
} from './invitation.ts'
import type { InvitationsStore } from './invitations-store.ts'

const MOST_OF_MEETING = 500

export interface InvitationsOptions {
  readonly store: InvitationsStore
  readonly meetings: InvitationMeetings
  readonly links: InvitationLinks
  readonly codes: InvitationCodes
  readonly letters: InvitationLetters
  readonly post: Post
  readonly notices: InvitationNotices
  /** Ends the stay of somebody in the call whom only this invitation lets in. */
  readonly dismiss: (
    meetingId: MeetingId,
    id: InvitationId,
    actor: { readonly name: string },
  ) => Promise<void>
  readonly now?: () => Date
}

/** Who acts. */
export interface InvitationActor {
  readonly userId: UserId
  readonly name: string
}

type Invitee = z.output<typeof InviteeInput>
type ProposalAnswer = { readonly answer: 'accept' | 'decline'; readonly note?: string | undefined }

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
   * @throws {AppError} `conflict` when the meeting is over or has too many people; `rate_limited` when that would be
   *   more emails than the owner may send, and then nobody was invited
   */
  async invite(meeting: InvitedMeeting, list: readonly Invitee[]): Promise<Invitation[]> {
    if (meeting.state !== 'open')
      throw new AppError('conflict', 'The meeting is over: nobody can be invited to it.')
    const named = byAddress(list)
    if (meeting.owner && named.has(addressKey(meeting.owner.email)))
      throw new AppError('bad_request', 'invite: it is your own meeting, you need no invitation to it.')
    const invited = new Set((await this.#store.listOf(meeting.id)).map(({ email }) => addressKey(email)))
    const added = [...named].filter(([key]) => !invited.has(key))
    if (invited.size + added.length > MOST_OF_MEETING)
      throw new AppError('conflict', `A meeting has at most ${MOST_OF_MEETING} invitations.`)
    const postage = await this.#reserve(
      meeting.owner?.id ?? null,
      added.map(([, invitee]) => invitee),
    )
    const letters = []
    for (const [, invitee] of added) letters.push(await this.#add(meeting, invitee))
    // All of them are stored before the first one hears of it.
    for (const send of letters) await send(postage)
    const all = await this.#store.listOf(meeting.id)
    return all.filter(({ email }) => named.has(addressKey(email))).map(toInvitation)
  }

  async setRole(
    meetingId: MeetingId,
    id: InvitationId,
    { actor, role }: { readonly actor: InvitationActor; readonly role: InvitedRole },
  ): Promise<Invitation> {
    const { invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    if (!(await this.#store.change(id, { role }))) throw unknown()
    return toInvitation({ ...invitation, role })
  }

  async withdraw(meetingId: MeetingId, id: InvitationId, actor: InvitationActor): Promise<void> {
    const { meeting } = await this.#ofOwned(meetingId, id, actor.userId)
    const removed = await this.#store.remove(id)
    await this.#options.dismiss(meetingId, id, actor)
    if (!removed || !isToCome(meeting, this.#now())) return
    const { post, letters } = this.#options
    const postage = await post.record(originOf('cancellation', meeting, [removed]))
    const sequence = await this.#options.meetings.takeSequence(meetingId)
    await postage.send(letters.withdrawn({ ...meeting, sequence }, removed))
    await this.#options.notices.toInvitees([removed], {
      kind: 'invitation_withdrawn',
      meeting,
      actor: actor.name,
    })
  }

  async resend(meetingId: MeetingId, id: InvitationId, actor: InvitationActor): Promise<Invitation> {
    const { meeting, invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    if (meeting.state !== 'open') throw new AppError('conflict', 'The meeting is over.')
    const postage = await this.#reserve(actor.userId, [invitation])
    await postage.send(this.#options.letters.invitation(meeting, invitation))
    return toInvitation(invitation)
  }

  /** @throws {AppError} `conflict` when there is no proposal (any more) */
  async answerProposal(
    meetingId: MeetingId,
    id: InvitationId,
    { actor, answer, note = '' }: ProposalAnswer & { readonly actor: InvitationActor },
  ): Promise<Invitation> {
    const { meeting, invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    if (answer === 'accept') await this.#acceptProposal(meeting, invitation, actor)
    else await this.#declineProposal(meeting, invitation, { actor, note })
    const answered = await this.#store.findFor(meetingId, { id })
    if (!answered) throw unknown()
    return toInvitation(answered)
  }

  async #acceptProposal(
    meeting: InvitedMeeting,
    invitation: StoredInvitation,
    actor: InvitationActor,
  ): Promise<void> {
    const { id, proposal, answeredAt } = invitation
    if (meeting.state !== 'open') throw new AppError('conflict', 'The meeting is over, or was cancelled.')
    const accepted = { status: 'accepted', answeredAt: this.#now() } as const
    // The proposed time stays with it until the meeting has moved: whoever wanted it need not be asked again.
    if (!proposal || !(await this.#store.change(id, accepted, { status: 'proposed', answeredAt })))
      throw gone()
    try {
      await this.#options.meetings.move(meeting.id, actor, proposal)
    } catch (error) {
      // It stays proposed: such a time may be over by now.
      await this.#store.change(id, { status: 'proposed', answeredAt }, accepted)
      throw error
    }
    // Where it was the time of the meeting already, nothing has moved.
    await this.#store.change(id, { proposal: null }, accepted)
    await this.#options.notices.toInvitees([invitation], {
      kind: 'proposal_accepted',
      meeting,
      actor: actor.name,
    })
  }

  async #declineProposal(
    meeting: InvitedMeeting,
    invitation: StoredInvitation,
    { actor, note }: { readonly actor: InvitationActor; readonly note: string },
  ): Promise<void> {
    const { id, proposal, answeredAt } = invitation
    const asked = { status: 'pending', proposal: null, answeredAt: null } as const
    const postage = await this.#options.post.reserve(originOf('update', meeting, [invitation]))
    if (!proposal || !(await this.#store.change(id, asked, { status: 'proposed', answeredAt }))) throw gone()
    const { letters, notices } = this.#options
    await postage.send(letters.proposalDeclined(meeting, { ...invitation, ...asked }, note))
    await notices.toInvitees([invitation], { kind: 'proposal_declined', meeting, actor: actor.name })
  }

  #reserve(account: UserId | null, invitees: readonly Pick<Invitee, 'email'>[]): Promise<Postage> {
    const recipients = invitees.map(({ email }) => email)
    return this.#options.post.reserve({ purpose: 'invitation', account, recipients })
  }

  /** @returns what tells the invited person */
  async #add(
    meeting: InvitedMeeting,
    { email, role = 'participant' }: Invitee,
  ): Promise<(postage: Postage) => Promise<void>> {
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
    const mail = this.#options.letters.invitation(meeting, invitation)
    if (!(await this.#store.add(invitation))) return () => Promise.resolve()
    return async (postage) => {
      await postage.send(mail)
      await this.#options.notices.toInvitees([invitation], {
        kind: 'invited',
        meeting,
        actor: meeting.owner?.name ?? null,
      })
    }
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
}

/** Keeps the first of several invitees with the same address. */
function byAddress(list: readonly Invitee[]): Map<string, Invitee> {
  const named = new Map<string, Invitee>()
  for (const invitee of list) {
    const key = addressKey(invitee.email)
    if (!named.has(key)) named.set(key, invitee)
  }
  return named
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

function gone(): AppError {
  return new AppError('conflict', 'There is no proposed time to answer (any more).')
}

function unknown(): AppError {
  return new AppError('not_found', 'There is no such invitation.')
}
