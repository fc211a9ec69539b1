import type { MeetingId } from '@video-meet/protocol'
import type { RoomMeeting, RoomOptions } from './room-options.ts'
import { type Dismissal, Room } from './room.ts'
import { seatsOfNetwork } from './seat-limits.ts'

export type RoomRegistryOptions = Pick<RoomOptions, 'routers' | 'limits' | 'log'>
/** What is put together after the registry, as it needs to find rooms. */
export type RoomEquipment = Pick<RoomOptions, 'features' | 'observer'>

/** The live rooms of this process. A room opens with the first who joins its meeting and goes when it stays empty. */
export class RoomRegistry {
  #equipment: RoomEquipment | undefined
  readonly #options: RoomRegistryOptions
  readonly #rooms = new Map<MeetingId, Room>()

  constructor(options: RoomRegistryOptions) {
    this.#options = options
  }

  get rooms(): readonly Room[] {
    return [...this.#rooms.values()]
  }

  /** What rooms that open from now on have in them. */
  equip(equipment: RoomEquipment): void {
    this.#equipment = equipment
  }

  /** The room of this meeting, opened if there is none. */
  open(meeting: RoomMeeting): Room {
    const open = this.#rooms.get(meeting.id)
    if (open) return open
    const log = this.#options.log.child({ meetingId: meeting.id })
    if (!this.#equipment) throw new Error('rooms need their features before they open')
    const room = new Room({
      ...this.#options,
      ...this.#equipment,
      seatsInAllRooms: (network) => this.#seatsOf(network),
      meeting,
      log,
    })
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
  end(id: MeetingId, how: Omit<Dismissal, 'reason'> = {}): void {
    const room = this.#rooms.get(id)
    room?.dismiss({ reason: 'meeting_ended', ...how })
    room?.close()
  }

  #seatsOf(network: string): number {
    return this.rooms.reduce((sum, { peers }) => sum + seatsOfNetwork(peers, network), 0)
  }

  /** The process ends; the calls may go on in the next one. */
  close(): void {
    for (const room of this.rooms) room.close(false)
  }
}
