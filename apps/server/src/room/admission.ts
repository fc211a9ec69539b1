import type { ParsedInput, RoomRole, UserId } from '@video-meet/protocol'
import type { RoomMeeting } from './room.ts'

/** Who a person in a room is, as the server knows it; never as the client says. */
export interface Person {
  /** Same across seats: of the account, or of the guest. */
  readonly key: string
  readonly userId: UserId | null
  /** The session with which they signed in; when it ends, so does their stay. */
  readonly sessionId: string | null
  readonly role: RoomRole
  readonly avatar: string | null
}

/** Somebody may come in. */
export interface Admission {
  readonly meeting: RoomMeeting
  readonly person: Person
  /** With which the same guest shows who they are next time; null for accounts. */
  readonly guestToken: string | null
  readonly startMuted: boolean
}

/**
 * Decides who comes in.
 *
 * @throws {AppError} with the reason when they may not
 */
export type Admit = (input: ParsedInput<'room.join'>, address: string) => Promise<Admission>
