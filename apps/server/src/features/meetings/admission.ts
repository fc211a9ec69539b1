import type { InvitationId, InvitedRole, MeetingId, RoomRole, UserId } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import type { Door, Knock, Person, Visitor } from '../../room/admission.ts'
import { invitationInUse } from '../../room/invitation-seat.ts'
import type { ReadClaim } from '../../room/resume-token.ts'
import { mustWait } from '../../room/waiting-rooms.ts'
import type { CallAtDoor, Calls } from './calls.ts'
import type { Guest, GuestTokens } from './guest-tokens.ts'
import type { HostTokens } from './host-tokens.ts'
import { expiryOf, opensAt } from './meeting-timing.ts'
import type { StoredMeeting } from './meeting.ts'
import type { MeetingsStore } from './meetings-store.ts'
import { createPasswordCheck } from './password-check.ts'

/** The invitation that somebody comes with. */
export interface InvitationAtDoor {
  readonly id: InvitationId
  readonly role: InvitedRole
  /** The account of the invited person, if they have one. */
  readonly userId: UserId | null
}

/** Somebody who signed in, as a token of theirs shows. */
export interface Account {
  readonly userId: UserId
  readonly sessionId: string | null
  readonly avatar: string | null
}

export interface AdmissionOptions {
  readonly store: Pick<MeetingsStore, 'findByCode'>
  readonly guests: GuestTokens
  readonly hosts: Pick<HostTokens, 'isGood'>
  readonly calls: Pick<Calls, 'of'>
  readonly authenticate: (accessToken: string) => Promise<Account | null>
  /** The invitation of somebody who means to come; null without one, or when they declined it. */
  readonly invitationOf: (
    meetingId: MeetingId,
    who: { readonly userId: UserId | null; readonly invitationToken: string | undefined },
  ) => Promise<InvitationAtDoor | null>
  /** Whether `proof` shows that somebody reads the email of an invitation. */
  readonly provesInvitation: (id: InvitationId, proof: string) => Promise<boolean>
  /** Whether somebody else sits in the call with the same invitation. */
  readonly isInvitationHeld: (meetingId: MeetingId, person: Person) => boolean
  /** Whether somebody has a seat in the call: they came in before. */
  readonly isSeated: (meetingId: MeetingId, personKey: string) => boolean
  readonly readResumeToken: (meetingId: MeetingId, token: string) => Promise<ReadClaim | null>
  readonly tickets: {
    isGood(ticket: string, meetingId: MeetingId, personKey: string): boolean
    tear(ticket: string): void
  }
  /** Whether somebody waits already, or did until a moment ago. */
  readonly hasPlace: (meetingId: MeetingId, personKey: string) => boolean
  readonly isBanned: (
    meetingId: MeetingId,
    who: { readonly key: string; readonly address: string },
  ) => Promise<boolean>
  readonly verifyPassword: (hash: string, password: string) => Promise<boolean>
  readonly now?: () => Date
}

/** With what somebody comes to the door. */
interface Arrival extends Knock {
  readonly resumeToken?: string | undefined
  readonly ticket?: string | undefined
  readonly address: string
}

/** Somebody at the door, and what is known of them there. */
interface Known {
  readonly meeting: StoredMeeting
  readonly call: CallAtDoor
  readonly account: Account | null
  readonly guest: Guest | null
  readonly person: Person
  readonly claim: ReadClaim | null
  readonly invitedAs: InvitedRole | null
  readonly isOwner: boolean
  /** Whether their account shows that the invitation is theirs. */
  readonly isInvitedAccount: boolean
  /** Whether they may take the seat of whoever uses their invitation. */
  readonly takesOver: boolean
}

interface Examined {
  readonly known: Known
  readonly visitor: Visitor
  /** They have a ticket or a seat. */
  readonly wasIn: boolean
}

/** Decides who comes into the call of a meeting, by what the server knows of them. */
export function createDoor(options: AdmissionOptions): Door {
  const { tickets, now = () => new Date() } = options
  const recognise = createRecognition(options)
  const checkPassword = createPasswordCheck(options.verifyPassword)

  function hasTicket({ meeting, person }: Known, { ticket }: Arrival): boolean {
    return ticket !== undefined && tickets.isGood(ticket, meeting.id, person.key)
  }

  /** Whether a ticket or a seat shows that somebody was let in already. */
  function isLetIn(known: Known, arrival: Arrival): boolean {
    if (hasTicket(known, arrival)) return true
    const { meeting, person, call, claim } = known
    if (call.standingOf(person.key).removed) return false
    return claim !== null || options.isSeated(meeting.id, person.key)
  }

  /** @throws {AppError} `meeting_ended`, `banned`, `sign_in_required`, `not_invited`, `invitation_in_use`, `removed` */
  async function assertMayCome(known: Known, { address }: Arrival): Promise<void> {
    const { meeting, person, call, claim, isOwner } = known
    assertNotOver(meeting, now())
    if (!isOwner && (await options.isBanned(meeting.id, { key: person.key, address })))
      throw new AppError('banned', 'You may not come into this meeting any more.')
    assertWelcome(known)
    if (!known.takesOver && options.isInvitationHeld(meeting.id, person))
      throw invitationInUse(known.isInvitedAccount)
    if (claim && call.standingOf(person.key).removed)
      throw new AppError('removed', 'You were removed from this meeting.')
  }

  /** Everything that keeps people out; whoever was in this call need not pass all of it again. */
  async function examine(arrival: Arrival): Promise<Examined> {
    const known = await recognise(arrival)
    await assertMayCome(known, arrival)
    const { meeting, person, call } = known
    const wasIn = isLetIn(known, arrival)
    if (!wasIn) assertBegun(known, now())
    const standsInLine = call.standingOf(person.key).waits || options.hasPlace(meeting.id, person.key)
    if (!wasIn && !standsInLine) assertUnlocked(known)
    const isTrusted = wasIn || known.isOwner || known.invitedAs !== null
    const check = isTrusted ? 'checked' : await checkPassword(meeting, arrival)
    const visitor = toVisitor(known, {
      wasRemoved: call.standingOf(person.key).removed === true,
      passwordUnchecked: check === 'unchecked',
    })
    const waits = !wasIn && (isLockedOut(known) || mustWait(visitor, call.settings.waitingRoom))
    return { known, visitor: { ...visitor, mustWait: waits }, wasIn }
  }

  /** Asks again what others may have decided since somebody was examined. */
  async function confirm({ known, visitor, wasIn }: Examined, arrival: Arrival): Promise<void> {
    await assertMayCome(known, arrival)
    const { person, call } = known
    const wasRemoved = call.standingOf(person.key).removed === true
    if (hasTicket(known, arrival) || (wasIn && !wasRemoved)) return
    assertBegun(known, now())
    assertUnlocked(known)
    if (mustWait({ ...visitor, wasRemoved }, call.settings.waitingRoom)) throw mustBeLetIn()
  }

  return {
    async admit(input, address) {
      const arrival = { ...input, address }
      const examined = await examine(arrival)
      const { known, visitor } = examined
      if (visitor.mustWait) throw mustBeLetIn()
      const { person, meeting, guestToken } = visitor
      const { ticket } = input
      return {
        meeting,
        person,
        guestToken,
        startMuted: known.meeting.policy.startMuted && !known.isOwner,
        claim: known.claim,
        takesOver: known.takesOver,
        confirm: () => confirm(examined, arrival),
        seated: () => ticket !== undefined && tickets.tear(ticket),
      }
    },
    async receive(input, address) {
      return (await examine({ ...input, address })).visitor
    },
  }
}

type Standing = Pick<Known, 'invitedAs' | 'isOwner' | 'isInvitedAccount' | 'takesOver'> & {
  readonly invitationId?: InvitationId
}

const UNINVITED = { isInvitedAccount: false, takesOver: false } as const

/** Finds out who is at the door, by what they show; the name that they say counts for nothing. */
function createRecognition(options: AdmissionOptions): (arrival: Arrival) => Promise<Known> {
  const { store, guests, hosts, calls, readResumeToken } = options

  async function accountOf(accessToken: string | undefined): Promise<Account | null> {
    if (accessToken === undefined) return null
    const account = await options.authenticate(accessToken)
    if (!account) throw new AppError('unauthorized', 'You were signed out. Sign in again.')
    return account
  }

  /** The seat that somebody had in this call. */
  async function claimOf(
    id: MeetingId,
    { resumeToken }: Arrival,
    { since }: CallAtDoor,
  ): Promise<ReadClaim | null> {
    if (resumeToken === undefined) return null
    const claim = await readResumeToken(id, resumeToken)
    // Tokens say when they were issued to the second.
    return claim && claim.issuedAt.getTime() >= since.getTime() - 1000 ? claim : null
  }

  /** What somebody is in the meeting, apart from what happens in its call. */
  async function standingIn(
    meeting: StoredMeeting,
    account: Account | null,
    arrival: Arrival,
  ): Promise<Standing> {
    const { invitationToken } = arrival
    const userId = account?.userId ?? null
    const isOwner = await owns(meeting, userId, arrival)
    const invitation = await options.invitationOf(meeting.id, { userId, invitationToken })
    if (isOwner || !invitation) return { ...UNINVITED, invitedAs: invitation?.role ?? null, isOwner }
    const isInvitedAccount = userId !== null && invitation.userId === userId
    return {
      invitedAs: invitation.role,
      isOwner,
      invitationId: invitation.id,
      isInvitedAccount,
      takesOver: await mayTakeOver(invitation.id, isInvitedAccount, arrival),
    }
  }

  async function owns(
    { id, owner }: StoredMeeting,
    userId: UserId | null,
    { hostToken }: Arrival,
  ): Promise<boolean> {
    if (owner) return owner.id === userId
    return hostToken !== undefined && hosts.isGood(id, hostToken)
  }

  async function mayTakeOver(
    id: InvitationId,
    isInvitedAccount: boolean,
    { takeOver = false, invitationProof }: Arrival,
  ): Promise<boolean> {
    if (isInvitedAccount && takeOver) return true
    return invitationProof !== undefined && options.provesInvitation(id, invitationProof)
  }

  return async (arrival) => {
    const meeting = await store.findByCode(arrival.code)
    if (!meeting) throw new AppError('meeting_not_found', 'There is no meeting with this code.')
    const account = await accountOf(arrival.accessToken)
    const call = await calls.of(meeting)
    const claim = await claimOf(meeting.id, arrival, call)
    const guest = account ? null : await guests.recognise(arrival.guestToken, guestIdIn(claim))
    const { invitationId, ...standing } = await standingIn(meeting, account, arrival)
    const { invitedAs, isOwner } = standing
    const role = roleOf({ account, invitedAs, isOwner })
    const before = account ? personOf(account, role) : guestPerson(guest?.id ?? '', role)
    // What was decided in this call goes before what they were when it began.
    const person = { ...before, invitationId, role: call.standingOf(before.key).role ?? role }
    // The seat of somebody else is not theirs.
    const own = claim?.key === person.key ? claim : null
    return { meeting, call, account, guest, person, claim: own, ...standing }
  }
}

function personOf({ userId, sessionId, avatar }: Account, role: RoomRole): Person {
  return { key: `user:${userId}`, userId, sessionId, role, avatar }
}

function guestPerson(guestId: string, role: RoomRole): Person {
  return { key: `guest:${guestId}`, userId: null, sessionId: null, role, avatar: null }
}

function guestIdIn(claim: ReadClaim | null): string | undefined {
  return /^guest:(.+)$/.exec(claim?.key ?? '')?.[1]
}

function roleOf({ account, invitedAs, isOwner }: Pick<Known, 'account' | 'invitedAs' | 'isOwner'>): RoomRole {
  if (isOwner) return 'host'
  return invitedAs ?? (account ? 'participant' : 'guest')
}

function toVisitor(
  { meeting, call, person, guest, invitedAs, isOwner }: Known,
  doubts: Pick<Visitor, 'wasRemoved' | 'passwordUnchecked'>,
): Visitor {
  const { id, code, title, policy } = meeting
  return {
    meeting: { id, code, title, policy, call: call.stored },
    person,
    guestToken: guest?.token ?? null,
    mustWait: false,
    isInvited: isOwner || invitedAs !== null,
    ...doubts,
  }
}

function mustBeLetIn(): AppError {
  return new AppError('waiting_room', 'Somebody has to let you into this meeting.')
}

/** @throws {AppError} `meeting_ended` */
function assertNotOver(meeting: StoredMeeting, now: Date): void {
  if (meeting.state === 'cancelled') throw new AppError('meeting_ended', 'This meeting was cancelled.')
  const expiry = expiryOf(meeting)
  if (meeting.state === 'closed' || (expiry && expiry <= now))
    throw new AppError('meeting_ended', 'This meeting is over.')
}

/** @throws {AppError} `sign_in_required` or `not_invited` */
function assertWelcome({ meeting: { policy }, account, invitedAs, isOwner }: Known): void {
  if (isOwner || invitedAs || policy.join === 'anyone' || (policy.join === 'users' && account)) return
  if (policy.join === 'users' || !account)
    throw new AppError('sign_in_required', 'Sign in to join this meeting.')
  throw new AppError('not_invited', 'This meeting is for invited people only.')
}

/** @throws {AppError} `not_open_yet` */
function assertBegun({ meeting, person }: Known, now: Date): void {
  if (comesAtAnyTime(person)) return
  const { policy, startedAt, endedAt } = meeting
  const hasBegun = startedAt !== null && endedAt === null
  const opens = opensAt(meeting, now)
  if (!hasBegun && opens && opens > now) {
    throw new AppError('not_open_yet', 'The meeting is not open yet.', {
      details: { opensAt: opens.toISOString() },
    })
  }
  if (!hasBegun && !policy.joinBeforeHost) {
    throw new AppError('not_open_yet', 'The host has not started the meeting yet.', {
      details: { opensAt: null },
    })
  }
}

/** @throws {AppError} `meeting_locked` */
function assertUnlocked(known: Known): void {
  if (isLockedOut(known)) throw new AppError('meeting_locked', 'The meeting is locked.')
}

function isLockedOut({ call, person }: Known): boolean {
  return call.settings.locked && !comesAtAnyTime(person)
}

function comesAtAnyTime({ role }: Person): boolean {
  return role === 'host' || role === 'moderator'
}
