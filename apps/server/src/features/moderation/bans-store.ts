import { BanId, type MeetingId } from '@video-meet/protocol'
import type { Database } from '../../db/database.ts'
import { BanRecord } from '../../db/entities/ban-record.ts'

export interface StoredBan {
  readonly id: BanId
  readonly meetingId: MeetingId
  /** Of the person, across seats and calls. */
  readonly personKey: string
  /** Network that is kept out with them; null for the person alone. */
  readonly address: string | null
  readonly name: string
  readonly by: string
  readonly at: Date
}

export interface BansStore {
  add(ban: StoredBan): Promise<void>
  /** The newest first. */
  list(meetingId: MeetingId): Promise<StoredBan[]>
  remove(meetingId: MeetingId, id: BanId): Promise<void>
  /** Whether a ban names this person or this network. */
  holds(meetingId: MeetingId, who: { readonly key: string; readonly address: string }): Promise<boolean>
}

export function createBansStore(database: Pick<Database, 'fork'>): BansStore {
  return {
    async add({ meetingId, ...ban }) {
      await database.fork().insert(BanRecord, { ...ban, meeting: meetingId })
    },
    async list(meetingId) {
      const records = await database
        .fork()
        .find(BanRecord, { meeting: meetingId }, { orderBy: [{ at: 'desc' }, { id: 'asc' }] })
      return records.map(({ id, personKey, address, name, by, at }) => ({
        id: BanId.parse(id),
        meetingId,
        personKey,
        address: address ?? null,
        name,
        by,
        at,
      }))
    },
    async remove(meetingId, id) {
      await database.fork().nativeDelete(BanRecord, { meeting: meetingId, id })
    },
    async holds(meetingId, { key, address }) {
      const who = { $or: [{ personKey: key }, { address }] }
      return (await database.fork().count(BanRecord, { meeting: meetingId, ...who })) > 0
    },
  }
}
