import type { MeetingId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { CallRecord } from '../../db/entities/call-record.ts'
import type { StoredCall } from '../../room/call-state.ts'

/** What was decided in the calls that are on. */
export interface CallsStore {
  find(meetingId: MeetingId): Promise<StoredCall | null>
  save(meetingId: MeetingId, call: StoredCall, at: Date): Promise<void>
  remove(meetingId: MeetingId): Promise<void>
}

export function createCallsStore(database: Pick<Database, 'fork'>): CallsStore {
  return {
    async find(meeting) {
      const record = await database.fork().findOne(CallRecord, { meeting })
      // Written by `save` alone.
      return record ? (record.state as unknown as StoredCall) : null
    },
    async save(meeting, call, updatedAt) {
      await database.fork().upsert(CallRecord, { meeting, state: { ...call }, updatedAt })
    },
    async remove(meeting) {
      await database.fork().nativeDelete(CallRecord, { meeting })
    },
  }
}
