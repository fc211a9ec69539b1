import { UniqueConstraintViolationException } from '@mikro-orm/core'
import { MeetingCode, MeetingId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { MeetingRecord } from '../../db/entities/meeting-record.ts'

/** A meeting as it is kept. */
export interface StoredMeeting {
  readonly id: MeetingId
  readonly code: MeetingCode
  readonly title: string
  readonly createdAt: Date
}

export interface MeetingsStore {
  /** Tells whether the meeting was added; it is not when its code is taken. */
  add(meeting: StoredMeeting): Promise<boolean>
  findById(id: MeetingId): Promise<StoredMeeting | undefined>
  findByCode(code: MeetingCode): Promise<StoredMeeting | undefined>
}

export function createMeetingsStore(database: Pick<Database, 'fork'>): MeetingsStore {
  async function findOne(where: { id: string } | { code: string }): Promise<StoredMeeting | undefined> {
    const record = await database.fork().findOne(MeetingRecord, where)
    return record ? toMeeting(record) : undefined
  }
  return {
    async add(meeting) {
      try {
        await database.fork().insert(MeetingRecord, meeting)
        return true
      } catch (error) {
        if (error instanceof UniqueConstraintViolationException) return false
        throw error
      }
    },
    findById: (id) => findOne({ id }),
    findByCode: (code) => findOne({ code }),
  }
}

function toMeeting({ id, code, title, createdAt }: MeetingRecord): StoredMeeting {
  return { id: MeetingId.parse(id), code: MeetingCode.parse(code), title, createdAt }
}
