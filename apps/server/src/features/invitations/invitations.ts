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
import type { MailMessage } from '../../mail/mailer.ts'
import { AppError } from '../../platform/errors.ts'
import type { InvitationLetters } from './invitation-letters.ts'
import type { InvitationLinks } from './invitation-links.ts'
import type { InvitationNotices } from './invitation-notices.ts'
import type { InvitationMeetings, InvitedMeeting, StoredInvitation } from './invitation.ts'
import type { InvitationsStore } from './invitations-store.ts'

const MOST_OF_MEETING = 500

export interface InvitationsOptions {
  readonly store: InvitationsStore
  readonly meetings: InvitationMeetings
  readonly links: InvitationLinks
  readonly letters: InvitationLetters
  readonly sendMail: (message: MailMessage) => Promise<void>
  readonly notices: InvitationNotices
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
    { actor, role }: { readonly actor: InvitationActor; readonly role: InvitedRole },
  ): Promise<Invitation> {
    const { invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    await this.#store.change(id, { role })
    return toInvitation({ ...invitation, role })
  }

  async withdraw(meetingId: MeetingId, id: InvitationId, actor: InvitationActor): Promise<void> {
    const { meeting, invitation } = await this.#ofOwned(meetingId, id, actor.userId)
    if (!(await this.#store.remove(invitation))) return
    await this.#options.sendMail(this.#options.letters.withdrawn(meeting, invitation))
    await this.#options.notices.toInvitees([invitation], {
      kind: 'invitation_withdrawn',
      meeting: meeting,
      actor: actor.name,
    })
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
      await this.#options.notices.toInvitees([changed], {
        kind: 'proposal_accepted',
        meeting: meeting,
        actor: actor.name,
      })
    } else {
      await this.#options.sendMail(this.#options.letters.proposalDeclined(meeting, changed, note))
      await this.#options.notices.toInvitees([changed], {
        kind: 'proposal_declined',
        meeting: meeting,
        actor: actor.name,
      })
    }
    return toInvitation(changed)
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
    await this.#options.notices.toInvitees([invitation], {
      kind: 'invited',
      meeting: meeting,
      actor: meeting.owner?.name ?? null,
    })
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
