import type { InvitationId, ParsedInput, RoomRole, UserId, WaitingRequests } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import type { ResumeClaim } from './resume-token.ts'
import type { RoomMeeting } from './room-options.ts'

/** Who a person in a room is, as the server knows it; never as the client says. */
export interface Person {
  /** Same across seats: of the account, or of the guest. */
  readonly key: string
  readonly userId: UserId | null
  /** The session with which they signed in; when it ends, so does their stay. */
  readonly sessionId: string | null
  /** What they come in as. */
  readonly role: RoomRole
  /** The invitation that they come with: it holds one seat. */
  readonly invitationId?: InvitationId | undefined
  readonly avatar: string | null
}

/** Somebody may come in. */
export interface Admission {
  readonly meeting: RoomMeeting
  readonly person: Person
  /** With which the same guest shows who they are next time; null for accounts. */
  readonly guestToken: string | null
  readonly startMuted: boolean
  /** Shows which seat was theirs; null when they come for the first time. */
  readonly claim: ResumeClaim | null
  /**
   * To be called when they are about to sit down: much can have been decided since.
   *
   * @throws {AppError} with the reason when they may not come in any more
   */
  readonly confirm: () => Promise<void>
  /** Whether they proved that the invitation is theirs: whoever else sits there with it gives up their seat. */
  readonly takesOver: boolean
  /** To be called when they have sat down. */
  readonly seated: () => void
}

/** Somebody who has to be let in, or need not be any more. */
export interface Visitor {
  readonly meeting: RoomMeeting
  readonly person: Person
  readonly guestToken: string | null
  readonly mustWait: boolean
  /** Their place in the waiting room would depend on it. */
  readonly isInvited: boolean
  readonly wasRemoved: boolean
  /** So many wrong passwords were tried that theirs was not checked. */
  readonly passwordUnchecked: boolean
}

/** Decides who comes in. */
export interface Door {
  /** @throws {AppError} with the reason when they may not; `waiting_room` when they have to be let in */
  admit(input: ParsedInput<'room.join'>, address: string): Promise<Admission>
  /** @throws {AppError} with the reason when they may not even wait */
  receive(input: Knock, address: string): Promise<Visitor>
}

export type Knock = z.output<WaitingRequests['waiting.knock']['input']>
