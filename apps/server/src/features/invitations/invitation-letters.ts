import { type InvitationAnswer, type MeetingSchedule, withoutLinks } from '@video-meet/protocol'
import { calendarFile } from '../../calendar/calendar-file.ts'
import { recurrenceInWords } from '../../calendar/recurrence-words.ts'
import { nextOccurrence } from '../../calendar/schedule.ts'
import { letter } from '../../mail/letter.ts'
import type { MailMessage } from '../../mail/mailer.ts'
import type { InvitationLinks } from './invitation-links.ts'
import { type InvitedMeeting, type StoredInvitation, toSchedule } from './invitation.ts'
import type { ReplyAddresses } from './reply-addresses.ts'

export interface LettersOptions {
  readonly links: InvitationLinks
  readonly linkTo: (meeting: InvitedMeeting) => string
  readonly publicUrl: string
  /** Where calendar programs send answers; undefined when the server has no mailbox to read. */
  readonly replyAddresses?: ReplyAddresses | undefined
  readonly now?: () => Date
}

type Facts = [label: string, value: string][]

/** What changed, as a letter says it. */
export type Changed = readonly ('title' | 'schedule' | 'description')[]

/** The letters about invitations. */
export class InvitationLetters {
  readonly #options: LettersOptions
  readonly #now: () => Date

  constructor(options: LettersOptions) {
    this.#options = options
    this.#now = options.now ?? (() => new Date())
  }

  invitation(meeting: InvitedMeeting, invitation: StoredInvitation): MailMessage {
    const organiser = ownerOf(meeting) ?? 'Somebody'
    return this.#toInvitee(meeting, invitation, {
      subject: `Invitation: ${titleOf(meeting)}`,
      title: titleOf(meeting),
      paragraphs: [`${organiser} invites you to a video meeting.`, ...contentOf(meeting)],
      note: `This link is personal: reply, suggest another time or join. No account needed. Please don't forward it. ${this.#whereToAnswer(meeting)}`,
    })
  }

  changed(meeting: InvitedMeeting, invitation: StoredInvitation, changes: Changed): MailMessage {
    const words = { title: 'its title', schedule: 'its time', description: 'its description' }
    const what = changes.map((change) => words[change]).join(' and ')
    return this.#toInvitee(meeting, invitation, {
      subject: `Changed: ${titleOf(meeting)}`,
      title: titleOf(meeting),
      paragraphs: [`The meeting has changed: ${what}.`, ...contentOf(meeting)],
      note: changes.includes('schedule')
        ? `${calendarNote(meeting)} ${this.#whereToAnswer(meeting)}`
        : 'The button opens your page for this invitation.',
    })
  }

  reminder(meeting: InvitedMeeting, invitation: StoredInvitation): MailMessage {
    const { text, html } = letter({
      footer: this.#footer(meeting),
      title: `${titleOf(meeting)} begins soon`,
      paragraphs: ['The video meeting that you are invited to begins soon.'],
      facts: this.#factsOf(meeting, meeting.nextStartsAt ?? undefined),
      button: { label: 'Join', url: this.#options.links.linkTo(invitation.id) },
    })
    return { ...addressed(meeting, invitation), subject: `Soon: ${titleOf(meeting)}`, text, html }
  }

  /** To the invited person: moves the seat of their link to another browser. */
  code(meeting: InvitedMeeting, invitation: StoredInvitation, code: string): MailMessage {
    const { text, html } = letter({
      footer: `Sent by Video Meet on ${this.#host}.`,
      title: `Your code: ${code}`,
      paragraphs: [
        `Your invitation to ${titleOf(meeting)} is being used in one browser, and someone wants to join with it in another.`,
        `If that's you, enter this code there: ${code}. It works for 10 minutes.`,
      ],
      note: "If it isn't you, ignore this email. Nobody can use the code without reading it here.",
    })
    const subject = `${code} is your code for ${titleOf(meeting)}`
    return { to: addressOf(invitation), subject, text, html }
  }

  /** The meeting will not be. */
  cancelled(meeting: InvitedMeeting, invitation: StoredInvitation, note: string): MailMessage {
    return this.#off(meeting, invitation, ['The meeting was cancelled.', ...paragraphsOf(note)])
  }

  /** It will be, without this person. */
  withdrawn(meeting: InvitedMeeting, invitation: StoredInvitation): MailMessage {
    return this.#off(meeting, invitation, ['Your invitation was withdrawn.'])
  }

  #off(meeting: InvitedMeeting, invitation: StoredInvitation, paragraphs: string[]): MailMessage {
    const { text, html } = letter({
      footer: this.#footer(meeting),
      title: `Cancelled: ${titleOf(meeting)}`,
      paragraphs,
      facts: this.#factsOf(meeting),
    })
    const calendar = this.#calendar(meeting, [invitation], 'CANCEL')
    const subject = `Cancelled: ${titleOf(meeting)}`
    return { ...addressed(meeting, invitation), subject, text, html, ...(calendar && { calendar }) }
  }

  proposalDeclined(meeting: InvitedMeeting, invitation: StoredInvitation, note: string): MailMessage {
    return this.#toInvitee(meeting, invitation, {
      subject: `It stays as it was: ${titleOf(meeting)}`,
      title: titleOf(meeting),
      paragraphs: [
        'The time that you proposed does not suit. The meeting stays as it was.',
        ...paragraphsOf(note),
      ],
      note: 'Say on your page whether you can come.',
    })
  }

  /** To the owner of the meeting. */
  answered(
    meeting: InvitedMeeting,
    invitation: StoredInvitation,
    answer: InvitationAnswer,
  ): MailMessage | null {
    if (!meeting.owner) return null
    const { email } = invitation
    const name = invitation.name === null ? null : withoutLinks(invitation.name)
    const who = name ?? email
    const verb = { accept: 'accepts', decline: 'declines', propose: 'proposes another time' }[answer.answer]
    const { text, html } = letter({
      footer: `${who} caused this email by answering your invitation on ${this.#host}.`,
      title: `${who} ${verb}`,
      paragraphs: [
        `${name === null ? email : `${name} (${email})`} ${verb}.`,
        ...paragraphsOf(answer.note ?? ''),
      ],
      facts: [['Meeting', titleOf(meeting)], ...this.#factsOf(meeting), ...proposedIn(answer)],
      button: { label: 'Open meeting', url: `${this.#options.publicUrl}/dashboard/meetings/${meeting.id}` },
    })
    const to = { address: meeting.owner.email, name: meeting.owner.name }
    return {
      to,
      sender: who,
      replyTo: addressOf(invitation),
      subject: `${who} ${verb}: ${titleOf(meeting)}`,
      text,
      html,
    }
  }

  /** The calendar entry as somebody downloads it. */
  calendarFor(meeting: InvitedMeeting, invitations: readonly StoredInvitation[]): string | null {
    return this.#calendar(meeting, invitations, 'PUBLISH')?.content ?? null
  }

  #toInvitee(
    meeting: InvitedMeeting,
    invitation: StoredInvitation,
    { subject, ...parts }: { subject: string; title: string; paragraphs: string[]; note: string },
  ): MailMessage {
    const { links } = this.#options
    const { text, html } = letter({
      footer: this.#footer(meeting),
      ...parts,
      facts: [
        ...this.#factsOf(meeting),
        ['Organiser', ownerOf(meeting) ?? 'Unknown'],
        ['Meeting', this.#options.linkTo(meeting)],
      ],
      button: { label: 'Answer or join', url: links.linkTo(invitation.id) },
    })
    const calendar = this.#calendar(meeting, [invitation], meeting.schedule ? 'REQUEST' : 'CANCEL')
    return { ...addressed(meeting, invitation), subject, text, html, ...(calendar && { calendar }) }
  }

  /** Which of the ways to answer reach the organizer. */
  #whereToAnswer({ schedule, owner }: InvitedMeeting): string {
    if (!schedule || !owner) return ''
    return this.#options.replyAddresses
      ? 'You can also accept or decline in your calendar.'
      : "Please answer with the button: answers given in a calendar program don't reach the organizer."
  }

  get #host(): string {
    return new URL(this.#options.publicUrl).host
  }

  #footer({ owner }: InvitedMeeting): string {
    const who = owner ? `${withoutLinks(owner.name)} (${owner.email})` : 'Somebody'
    return `${who} caused this email through Video Meet on ${this.#host}.`
  }

  /** When the meeting is; of one that repeats, when it is next. */
  #factsOf({ schedule }: InvitedMeeting, from?: Date): Facts {
    if (!schedule) return []
    const now = this.#now()
    const next = nextOccurrence(toSchedule(schedule), from && from > now ? from : now)
    const shown = next ? { ...schedule, startsAt: next.startsAt.toISOString() } : schedule
    const facts: Facts = [['When', timeInWords(shown)]]
    if (schedule.recurrence !== undefined) facts.push(['Repeats', recurrenceInWords(schedule.recurrence)])
    return facts
  }

  #calendar<Method extends 'REQUEST' | 'CANCEL' | 'PUBLISH'>(
    meeting: InvitedMeeting,
    invitations: readonly StoredInvitation[],
    method: Method,
  ): { method: Method; content: string } | null {
    const { owner } = meeting
    const schedule = method === 'CANCEL' ? (meeting.schedule ?? meeting.formerSchedule) : meeting.schedule
    if (!schedule || !owner) return null
    const [only] = invitations
    const isToOne = method !== 'PUBLISH' && only !== undefined
    const replyAddress = isToOne ? this.#options.replyAddresses?.of(only.id) : undefined
    const content = calendarFile({
      method,
      uid: `${meeting.id}@${new URL(this.#options.publicUrl).hostname}`,
      sequence: meeting.sequence,
      title: meeting.title,
      description: meeting.description,
      url: this.#options.linkTo(meeting),
      schedule: toSchedule(schedule),
      organizer: { name: owner.name, address: replyAddress ?? owner.email },
      takesReplies: replyAddress !== undefined,
      attendees: invitations.map(({ email, name, status }) => ({
        address: email,
        ...(name !== null && { name }),
        status: PARTICIPATION[status],
      })),
      now: this.#now(),
    })
    return { method, content }
  }
}

const PARTICIPATION = {
  pending: 'needs-action',
  accepted: 'accepted',
  declined: 'declined',
  proposed: 'tentative',
} as const

/** To the invited person; what they reply as people goes to the organizer. */
function addressed(
  { owner }: InvitedMeeting,
  invitation: StoredInvitation,
): Pick<MailMessage, 'to' | 'sender' | 'replyTo'> {
  const to = addressOf(invitation)
  if (!owner) return { to }
  return { to, sender: owner.name, replyTo: { address: owner.email, name: owner.name } }
}

function addressOf({ email, name }: StoredInvitation): MailMessage['to'] {
  return name === null ? { address: email } : { address: email, name }
}

/** The title as emails to strangers show it. */
function titleOf({ title }: InvitedMeeting): string {
  return withoutLinks(title)
}

function ownerOf({ owner }: InvitedMeeting): string | undefined {
  return owner ? withoutLinks(owner.name) : undefined
}

function paragraphsOf(text: string): string[] {
  return text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '')
}

function contentOf({ description, agenda }: InvitedMeeting): string[] {
  return [...paragraphsOf(description), ...(agenda === '' ? [] : [`Agenda:\n${agenda}`])]
}

function calendarNote({ schedule }: InvitedMeeting): string {
  return schedule
    ? 'Your calendar entry is updated with this letter. Say on your page whether you can come then.'
    : 'The meeting has no time any more: take it out of your calendar if it is still there.'
}

function proposedIn(answer: InvitationAnswer): Facts {
  return answer.answer === 'propose' ? [['Proposed', timeInWords(answer.proposal)]] : []
}

/** Such as `Tuesday, 1 December 2026, 09:00–09:45 (Europe/Vienna)`. */
function timeInWords({ startsAt, durationMinutes, timeZone }: MeetingSchedule): string {
  const begin = new Date(startsAt)
  const end = new Date(begin.getTime() + durationMinutes * 60_000)
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeZone }).format(begin)
  const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone })
  return `${day}, ${time.format(begin)}–${time.format(end)} (${timeZone})`
}
