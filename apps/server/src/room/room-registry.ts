import type { MeetingId } from '@video-meet/protocol'
import { Room, type RoomMeeting, type RoomObserver, type RoomOptions } from './room.ts'

export type RoomRegistryOptions = Omit<RoomOptions, 'meeting' | 'observer'>

/** The live rooms of this process. A room opens with the first who joins its meeting and goes when it stays empty. */
export class RoomRegistry {
  #observer: RoomObserver | undefined
  readonly #options: RoomRegistryOptions
  readonly #rooms = new Map<MeetingId, Room>()

  constructor(options: RoomRegistryOptions) {
    this.#options = options
  }

  get rooms(): readonly Room[] {
    return [...this.#rooms.values()]
  }

  /** From now on tells `observer` what happens in rooms that open. */
  observe(observer: RoomObserver): void {
    this.#observer = observer
  }

  /** The room of this meeting, opened if there is none. */
  open(meeting: RoomMeeting): Room {
    const open = this.#rooms.get(meeting.id)
    if (open) return open
    const log = this.#options.log.child({ meetingId: meeting.id })
    const observer = this.#observer
    const room = new Room({ ...this.#options, ...(observer && { observer }), meeting, log })
    this.#rooms.set(meeting.id, room)
    log.info('room opened')
    room.on('closed', () => {
      this.#rooms.delete(meeting.id)
      log.info('room closed')
    })
    return room
  }

  /** The room of this meeting, if there is one. */
  find(id: MeetingId): Room | undefined {
    return this.#rooms.get(id)
  }

  /** Whether someone is in the meeting. */
  isLive(id: MeetingId): boolean {
    return (this.#rooms.get(id)?.peers.length ?? 0) > 0
  }

  /** Ends the call for everyone in it. */
  end(id: MeetingId): void {
    const room = this.#rooms.get(id)
    room?.dismiss('meeting_ended')
    room?.close()
  }

  close(): void {
    for (const room of this.rooms) room.close()
  }
}
