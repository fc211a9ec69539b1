import type { InvitedRole, MeetingId, ParsedInput, RoomRole, UserId } from '@video-meet/protocol'
import { AppError } from '../../platform/errors.ts'
import { TokenBuckets } from '../../platform/token-buckets.ts'
import type { Admission, Admit, Person } from '../../room/admission.ts'
import type { GuestTokens } from './guest-tokens.ts'
import { expiryOf } from './meeting-timing.ts'
import type { StoredMeeting } from './meeting.ts'
import type { MeetingsStore } from './meetings-store.ts'

/** Somebody who signed in, as a token of theirs shows. */
export interface Account {
  readonly userId: UserId
  readonly sessionId: string | null
  readonly avatar: string | null
}

export interface AdmissionOptions {
  readonly store: Pick<MeetingsStore, 'findByCode'>
  readonly guests: GuestTokens
  readonly authenticate: (accessToken: string) => Promise<Account | null>
  /** What somebody is invited as; null when they are not. */
  readonly invitedRole: (
    meetingId: MeetingId,
    who: { readonly userId: UserId | null; readonly invitationToken: string | undefined },
  ) => Promise<InvitedRole | null>
  /** Whether somebody has a seat in the call: they came in before. */
  readonly isSeated: (meetingId: MeetingId, personKey: string) => boolean
  readonly verifyPassword: (hash: string, password: string) => Promise<boolean>
  readonly now?: () => Date
}

type JoinInput = ParsedInput<'room.join'>

/** Somebody at the door of a meeting. */
interface Visitor {
  readonly account: Account | null
  readonly invitedAs: InvitedRole | null
  readonly isOwner: boolean
  readonly password: string | undefined
  readonly address: string
}

/** Wrong passwords that one network may try at a meeting, and all networks together. */
const TRIES_OF_ADDRESS = { burst: 5, perMinute: 0.5 }
const TRIES_AT_MEETING = { burst: 30, perMinute: 3 }

/** Decides who comes into the call of a meeting, by what the server knows of them. */
export function createAdmission(options: AdmissionOptions): Admit {
  const { store, guests, invitedRole, now = () => new Date() } = options
  const assertPassword = createPasswordCheck(options.verifyPassword)

  async function accountOf(accessToken: string | undefined): Promise<Account | null> {
    if (accessToken === undefined) return null
    const account = await options.authenticate(accessToken)
    if (!account) throw new AppError('unauthorized', 'You were signed out. Sign in again.')
    return account
  }

  async function visitorAt(
    { id, owner }: StoredMeeting,
    account: Account | null,
    { input, address }: { input: JoinInput; address: string },
  ): Promise<Visitor> {
    const userId = account?.userId ?? null
    const { invitationToken, password } = input
    const invitedAs = await invitedRole(id, { userId, invitationToken })
    return { account, invitedAs, isOwner: userId !== null && owner?.id === userId, password, address }
  }

  return async (input: JoinInput, address: string): Promise<Admission> => {
    const meeting = await store.findByCode(input.code)
    if (!meeting) throw new AppError('meeting_not_found', 'There is no meeting with this code.')
    const account = await accountOf(input.accessToken)
    assertNotOver(meeting, now())
    const visitor = await visitorAt(meeting, account, { input, address })
    assertWelcome(meeting, visitor)
    const guest = account ? null : await guests.recognise(input.guestToken)
    const person = toPerson(visitor, guest?.id ?? '')
    if (!options.isSeated(meeting.id, person.key)) {
      assertBegun(meeting, visitor)
      await assertPassword(meeting, visitor)
    }
    const { id, code, title, policy } = meeting
    return {
      meeting: { id, code, title, policy },
      person,
      guestToken: guest?.token ?? null,
      startMuted: policy.startMuted && !visitor.isOwner,
    }
  }
}

function toPerson({ account, ...visitor }: Visitor, guestId: string): Person {
  const role = roleOf({ account, ...visitor })
  if (!account) return { key: `guest:${guestId}`, userId: null, sessionId: null, role, avatar: null }
  const { userId, sessionId, avatar } = account
  return { key: `user:${userId}`, userId, sessionId, role, avatar }
}

function roleOf({ account, invitedAs, isOwner }: Visitor): RoomRole {
  if (isOwner) return 'host'
  return invitedAs ?? (account ? 'participant' : 'guest')
}

/** @throws {AppError} `meeting_ended` */
function assertNotOver(meeting: StoredMeeting, now: Date): void {
  if (meeting.state === 'cancelled') throw new AppError('meeting_ended', 'This meeting was cancelled.')
  const expiry = expiryOf(meeting)
  if (meeting.state === 'closed' || (expiry && expiry <= now))
    throw new AppError('meeting_ended', 'This meeting is over.')
}

/** @throws {AppError} `sign_in_required` or `not_invited` */
function assertWelcome({ policy }: StoredMeeting, { account, invitedAs, isOwner }: Visitor): void {
  if (isOwner || invitedAs || policy.join === 'anyone' || (policy.join === 'users' && account)) return
  if (policy.join === 'users' || !account)
    throw new AppError('sign_in_required', 'Sign in to join this meeting.')
  throw new AppError('not_invited', 'This meeting is for invited people only.')
}

/** @throws {AppError} `not_open_yet` */
function assertBegun({ policy, startedAt, endedAt }: StoredMeeting, { isOwner, invitedAs }: Visitor): void {
  const hasBegun = startedAt !== null && endedAt === null
  if (policy.joinBeforeHost || hasBegun || isOwner || invitedAs === 'moderator') return
  throw new AppError('not_open_yet', 'The host has not started the meeting yet.')
}

/** @throws {AppError} `password_required`, `wrong_password`, `rate_limited` */
function createPasswordCheck(verify: AdmissionOptions['verifyPassword']) {
  const ofAddress = new TokenBuckets(TRIES_OF_ADDRESS)
  const atMeeting = new TokenBuckets(TRIES_AT_MEETING)
  return async ({ id, passwordHash }: StoredMeeting, visitor: Visitor): Promise<void> => {
    const { isOwner, invitedAs, password, address } = visitor
    if (passwordHash === null || isOwner || invitedAs) return
    if (password === undefined) throw new AppError('password_required', 'This meeting has a password.')
    const buckets = [ofAddress.of(`${address} ${id}`), atMeeting.of(id)]
    for (const [taken, bucket] of buckets.entries()) {
      if (bucket.take()) continue
      for (const other of buckets.slice(0, taken)) other.giveBack()
      throw new AppError('rate_limited', 'Too many passwords were tried. Try again later.', {
        details: { retryAfterSeconds: bucket.secondsUntil() },
      })
    }
    let isWrong = false
    try {
      isWrong = !(await verify(passwordHash, password))
    } finally {
      // Whoever knows it may be one of many behind one address, or of all who come back after a restart.
      if (!isWrong) for (const bucket of buckets) bucket.giveBack()
    }
    if (isWrong) throw new AppError('wrong_password', 'This is not the password of the meeting.')
  }
}
