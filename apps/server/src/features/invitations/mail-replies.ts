import { InvitationAnswer, type InvitationId, type MeetingSchedule } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import { type CalendarReply, readCalendarReply } from '../../calendar/calendar-reply.ts'
import { readMail, type ReceivedMail } from '../../mail/received-mail.ts'
import { AppError } from '../../platform/errors.ts'
import type { Logger } from '../../platform/logger.ts'
import { TokenBuckets } from '../../platform/token-buckets.ts'
import {
  addressKey,
  type InvitationMeetings,
  type InvitedMeeting,
  type StoredInvitation,
} from './invitation.ts'
import type { InvitationsStore } from './invitations-store.ts'
import type { ReplyAddresses } from './reply-addresses.ts'

/** A person changes their mind a few times; a program that answers its own answer does so for ever. */
const ANSWERS_PER_INVITATION = { burst: 5, perMinute: 0.2 }
/** Clocks of calendar programs are this far off at most. */
const CLOCK_SKEW_MS = 5 * 60_000

export interface MailRepliesOptions {
  readonly addresses: ReplyAddresses
  readonly store: Pick<InvitationsStore, 'find'>
  readonly meetings: Pick<InvitationMeetings, 'find'>
  /** @throws {AppError} when the answer doesn't fit the meeting */
  readonly answer: (id: InvitationId, answer: InvitationAnswer) => Promise<unknown>
  readonly log: Logger
}

type SaidAnswer = z.input<typeof InvitationAnswer>

/** Records the answers that invited people give in their mail or calendar program. */
export class MailReplies {
  readonly #options: MailRepliesOptions
  readonly #limits = new TokenBuckets(ANSWERS_PER_INVITATION)

  constructor(options: MailRepliesOptions) {
    this.#options = options
  }

  /**
   * Takes an email. The token in its recipient address shows which invitation it answers; its sender has to be the
   * invited person.
   *
   * @returns whether it was an answer and has been dealt with; any other email is left to people
   */
  async receive(raw: Uint8Array): Promise<boolean> {
    const mail = await readMail(raw).catch(() => null)
    const invitation = mail && (await this.#invitationOf(mail))
    if (!mail || !invitation) return false
    const reply = mail.calendars.map(readCalendarReply).find((found) => found !== null)
    const { log } = this.#options
    if (!reply || !isFrom(invitation, mail, reply)) {
      log.info(
        { invitation: invitation.id },
        'an email to a reply address was no answer of the invited person',
      )
      return false
    }
    const meeting = await this.#options.meetings.find(invitation.meetingId)
    const answer = answerIn(reply, meeting)
    if (!answer || isOutdated(reply, invitation, meeting)) {
      log.info({ invitation: invitation.id, method: reply.method }, 'an answer by email was not recorded')
      return false
    }
    return this.#record(invitation.id, answer)
  }

  async #record(id: InvitationId, said: SaidAnswer): Promise<boolean> {
    const answer = InvitationAnswer.safeParse(said)
    if (!answer.success || !this.#limits.of(id).take()) return false
    try {
      await this.#options.answer(id, answer.data)
      return true
    } catch (error) {
      // A storage failure is not the sender's fault: the email has to come again.
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error
      this.#options.log.info({ invitation: id, reason: error.message }, 'an answer by email did not fit')
      return false
    }
  }

  async #invitationOf({ recipients }: ReceivedMail): Promise<StoredInvitation | null> {
    for (const address of recipients) {
      const id = this.#options.addresses.read(address)
      const invitation = id && (await this.#options.store.find(id))
      if (invitation) return invitation
    }
    return null
  }
}

/** Whether the invited person sent it, for themselves. */
function isFrom({ email }: StoredInvitation, { from }: ReceivedMail, { attendees }: CalendarReply): boolean {
  if (from === null || addressKey(from) !== addressKey(email)) return false
  return attendees.length === 0 || attendees.some(({ address }) => addressKey(address) === addressKey(email))
}

/** Whether the entry has a new time since the person answered, or they have given a newer answer. */
function isOutdated(
  { sequence, startsAt, stamp, method }: CalendarReply,
  { answeredAt }: StoredInvitation,
  meeting: InvitedMeeting,
): boolean {
  if (answeredAt && stamp.getTime() + CLOCK_SKEW_MS < answeredAt.getTime()) return true
  const isSameTime =
    method === 'REPLY' &&
    startsAt !== null &&
    meeting.schedule !== null &&
    startsAt.getTime() === Date.parse(meeting.schedule.startsAt)
  return sequence < meeting.sequence && !isSameTime
}

/** The answer in our terms; null when it can't be expressed: "maybe", or an answer for one occurrence of a series. */
function answerIn(reply: CalendarReply, meeting: InvitedMeeting): SaidAnswer | null {
  if (reply.isOneOccurrence) return null
  const note = reply.comment.trim() === '' ? {} : { note: reply.comment.trim() }
  if (reply.method === 'COUNTER') {
    const proposal = proposalIn(reply, meeting.schedule)
    return proposal && { answer: 'propose', proposal, ...note }
  }
  switch (reply.attendees[0]?.status) {
    case 'ACCEPTED':
      return { answer: 'accept', ...note }
    case 'DECLINED':
      return { answer: 'decline', ...note }
    default:
      return null
  }
}

function proposalIn(
  { startsAt, durationMinutes }: CalendarReply,
  schedule: MeetingSchedule | null,
): MeetingSchedule | null {
  if (!startsAt || !schedule) return null
  return {
    startsAt: startsAt.toISOString(),
    durationMinutes: durationMinutes ?? schedule.durationMinutes,
    timeZone: schedule.timeZone,
  }
}
