import type { InviteeInput, MeetingId, MeetingPolicy, MeetingSchedule, UserId } from '@video-meet/protocol'
import type * as z from 'zod/mini'
import type { StoredMeeting } from './meeting.ts'

/** Who is told what happened to a meeting. */
export interface MeetingEvents {
  /** @throws {AppError} `rate_limited` before a change that those invited couldn't be told of */
  assertCanTell(meeting: StoredMeeting): Promise<void>
  changed(
    meeting: StoredMeeting & { readonly formerSchedule: MeetingSchedule | null },
    changes: readonly ('title' | 'schedule' | 'description')[],
    actor: { readonly userId: UserId; readonly name: string },
  ): Promise<void>
  cancelled(meeting: StoredMeeting, note: string, actor: { readonly name: string }): Promise<void>
  /** While it is still there. */
  deleted(meeting: StoredMeeting, actor: { readonly name: string }): Promise<void>
  started(meeting: StoredMeeting, actor: { readonly name: string } | null): Promise<void>
  /** It will begin soon. */
  remind(meeting: StoredMeeting): Promise<void>
}

/** What meetings need of other features. */
export interface MeetingPorts {
  readonly settings: { readonly retentionDays: number; readonly reminderMinutes: number }
  readonly templates: {
    /** @throws {AppError} `not_found`; null without an id */
    resolve(
      id: string | undefined,
      userId: UserId | null,
    ): Promise<{ readonly policy: MeetingPolicy; readonly agenda: string } | null>
  }
  readonly passwords: { hash(password: string): Promise<string> }
  /** @throws {AppError} `rate_limited` when the owner may not send that many emails; then nobody was invited */
  readonly invite: (meeting: StoredMeeting, list: readonly z.output<typeof InviteeInput>[]) => Promise<void>
  /** Ends the call, if there is one, for everyone in it and for those who wait. */
  readonly endRoom: (id: MeetingId, how?: { readonly by: string }) => void
  /** What a meeting allows was changed: a call that is on follows. */
  readonly policyChanged: (id: MeetingId, policy: MeetingPolicy) => void
}
