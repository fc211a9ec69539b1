import type { MeetingId, MeetingSchedule } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import type { Changed } from './invitation-letters.ts'
import { type InvitedMeeting, isToCome, originOf, type StoredInvitation } from './invitation.ts'
import type { InvitationsStore } from './invitations-store.ts'
import type { InvitationsOptions } from './invitations.ts'

interface Actor {
  readonly name: string
}

/** Tells those who are invited what happens to their meeting. */
export class MeetingNews {
  readonly #options: InvitationsOptions
  readonly #store: InvitationsStore
  readonly #now: () => Date

  constructor(options: InvitationsOptions) {
    this.#options = options
    this.#store = options.store
    this.#now = options.now ?? (() => new Date())
  }

  /**
   * Before a meeting changes: whether all those invited can be told.
   *
   * @throws {AppError} `rate_limited`
   */
  async assertCanTell(meeting: InvitedMeeting): Promise<void> {
    const invitations = await this.#store.listOf(meeting.id)
    await this.#options.post.check(originOf('update', meeting, invitations))
  }

  async meetingChanged(meeting: InvitedMeeting, changes: Changed, actor: Actor): Promise<void> {
    const { letters, post } = this.#options
    const hasMoved = changes.includes('schedule')
    if (hasMoved) await this.#askAgain(meeting)
    // Whoever does not come is asked again when it moves, and spared everything else.
    const invitations = hasMoved ? await this.#store.listOf(meeting.id) : await this.#coming(meeting.id)
    const postage = await post.record(originOf('update', meeting, invitations))
    for (const invitation of invitations) await postage.send(letters.changed(meeting, invitation, changes))
    await this.#options.notices.toInvitees(invitations, {
      kind: 'meeting_changed',
      meeting,
      actor: actor.name,
    })
  }

  async meetingCancelled(meeting: InvitedMeeting, note: string, actor: Actor): Promise<void> {
    const { letters, post } = this.#options
    const invitations = await this.#store.listOf(meeting.id)
    const postage = await post.record(originOf('cancellation', meeting, invitations))
    for (const invitation of invitations) await postage.send(letters.cancelled(meeting, invitation, note))
    await this.#options.notices.toInvitees(invitations, {
      kind: 'meeting_cancelled',
      meeting,
      actor: actor.name,
    })
  }

  /** Before it goes. Who was invited to one that is over has nothing to be told. */
  async meetingDeleted(meeting: InvitedMeeting, actor: Actor): Promise<void> {
    if (!isToCome(meeting, this.#now())) return
    await this.meetingCancelled({ ...meeting, sequence: meeting.sequence + 1 }, '', actor)
  }

  async meetingStarted(meeting: InvitedMeeting, actor: Actor | null): Promise<void> {
    const invitations = await this.#coming(meeting.id)
    await this.#options.notices.toInvitees(invitations, {
      kind: 'meeting_started',
      meeting,
      actor: actor?.name ?? null,
    })
  }

  async remind(meeting: InvitedMeeting): Promise<void> {
    const { letters, post, notices } = this.#options
    const invitations = await this.#coming(meeting.id)
    const postage = await post.record(originOf('reminder', meeting, invitations))
    for (const invitation of invitations) await postage.send(letters.reminder(meeting, invitation))
    await this.#options.notices.toInvitees(invitations, {
      kind: 'meeting_starting',
      meeting,
      actor: null,
    })
    await notices.toOwner({ kind: 'meeting_starting', meeting, actor: null })
  }

  /** @throws {AppError} `conflict` for a meeting without a time */
  async calendarOf(meeting: InvitedMeeting): Promise<string> {
    const file = this.#options.letters.calendarFor(meeting, await this.#store.listOf(meeting.id))
    if (file === null) throw new AppError('conflict', 'This meeting has no time yet.')
    return file
  }

  /** Whoever proposed the time to which the meeting moved has answered by that. */
  async #askAgain({ id, schedule }: InvitedMeeting): Promise<void> {
    const agreed = (await this.#store.listOf(id)).filter(({ proposal }) => isSameTime(proposal, schedule))
    const ids = agreed.map((invitation) => invitation.id)
    await this.#store.askAgain(id, ids, this.#now())
  }

  async #coming(meetingId: MeetingId): Promise<StoredInvitation[]> {
    return (await this.#store.listOf(meetingId)).filter(({ status }) => status !== 'declined')
  }
}

function isSameTime(one: MeetingSchedule | null, other: MeetingSchedule | null): boolean {
  if (!one || !other || one.durationMinutes !== other.durationMinutes) return false
  return Date.parse(one.startsAt) === Date.parse(other.startsAt)
}
