import type { MeetingId } from '@video-meet/protocol'
import { Room, type RoomMeeting, type RoomOptions } from './room.ts'

export type RoomRegistryOptions = Omit<RoomOptions, 'meeting'>

/** The live rooms of this process. A room opens with the first who joins its meeting and goes when it stays empty. */
export class RoomRegistry {
  readonly #options: RoomRegistryOptions
  readonly #rooms = new Map<MeetingId, Room>()

  constructor(options: RoomRegistryOptions) {
    this.#options = options
  }

  get rooms(): readonly Room[] {
    return [...this.#rooms.values()]
  }

  /** The room of this meeting, opened if there is none. */
  open(meeting: RoomMeeting): Room {
    const open = this.#rooms.get(meeting.id)
    if (open) return open
    const log = this.#options.log.child({ meetingId: meeting.id })
    const room = new Room({ ...this.#options, meeting, log })
    this.#rooms.set(meeting.id, room)
    log.info('room opened')
    room.on('closed', () => {
      this.#rooms.delete(meeting.id)
      log.info('room closed')
    })
    return room
  }

  close(): void {
    for (const room of this.rooms) room.close()
  }
}
