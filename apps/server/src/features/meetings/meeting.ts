import type { MeetingCode, MeetingId, MeetingPolicy, MeetingSchedule, UserId } from '@video-meet/protocol'
import type { Schedule } from '../../calendar/schedule.ts'

/**
 * - `open`: one can join
 * - `ended`: everyone left; who comes back in time opens it again
 * - `closed`: its host ended it
 * - `cancelled`: it will not be
 */
export type StoredState = 'open' | 'ended' | 'closed' | 'cancelled'

/** A meeting as it is kept. */
export interface StoredMeeting {
  readonly id: MeetingId
  readonly code: MeetingCode
  readonly title: string
  readonly createdAt: Date
  readonly owner: MeetingOwner | null
  readonly description: string
  readonly agenda: string
  readonly schedule: MeetingSchedule | null
  readonly policy: MeetingPolicy
  /** PHC string. */
  readonly passwordHash: string | null
  readonly state: StoredState
  /** Begin and end of the last call. */
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly nextStartsAt: Date | null
  readonly dueAt: Date | null
  readonly remindAt: Date | null
  readonly updatedAt: Date
  readonly version: number
  /** SEQUENCE of its calendar entries. */
  readonly sequence: number
}

export interface MeetingOwner {
  readonly id: UserId
  readonly name: string
  readonly email: string
}

/** The part of a meeting that can change. */
export type MeetingChange = Partial<Omit<StoredMeeting, 'id' | 'code' | 'createdAt' | 'owner' | 'version'>>

export function toSchedule({ startsAt, durationMinutes, timeZone, recurrence }: MeetingSchedule): Schedule {
  return {
    startsAt: new Date(startsAt),
    durationMinutes,
    timeZone,
    ...(recurrence === undefined ? {} : { recurrence }),
  }
}
