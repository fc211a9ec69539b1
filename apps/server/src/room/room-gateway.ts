import type { JoinInput, JoinReply, MeetingCode } from '@video-meet/protocol'
import type * as z from 'zod'
import { AppError } from '../platform/errors.ts'
import type { Connection } from '../signaling/connection.ts'
import type { Peer } from './peer.ts'
import type { ResumeTokens } from './resume-token.ts'
import type { RoomRegistry } from './room-registry.ts'
import type { Room, RoomMeeting } from './room.ts'

/** A person's place: which room, and which seat in it. */
export interface Seat {
  readonly room: Room
  readonly peer: Peer
}

export interface RoomGatewayOptions {
  readonly registry: RoomRegistry
  readonly tokens: ResumeTokens
  readonly findMeetingByCode: (code: MeetingCode) => Promise<RoomMeeting | undefined>
}

/** The door between connections and rooms: who comes in, and where they sit. */
export class RoomGateway {
  readonly #options: RoomGatewayOptions
  readonly #seats = new WeakMap<Connection, Seat>()

  constructor(options: RoomGatewayOptions) {
    this.#options = options
  }

  hasJoined(connection: Connection): boolean {
    return this.#seats.has(connection)
  }

  /** @throws AppError `not_joined` when this connection has no seat */
  seatOf(connection: Connection): Seat {
    const seat = this.#seats.get(connection)
    if (!seat || seat.peer.connection !== connection) {
      throw new AppError('not_joined', 'Join the meeting first.')
    }
    seat.peer.confirm()
    return seat
  }

  async join(connection: Connection, input: z.output<typeof JoinInput>): Promise<JoinReply> {
    if (this.#seats.has(connection))
      throw new AppError('already_joined', 'You have joined a meeting already.')
    const { registry, tokens, findMeetingByCode } = this.#options
    const meeting = await findMeetingByCode(input.code)
    if (!meeting) throw new AppError('meeting_not_found', 'There is no meeting with this code.')
    const claim = input.resumeToken === undefined ? null : await tokens.read(meeting.id, input.resumeToken)
    const room = registry.open(meeting)
    const { name, rtpCapabilities, mediaSessionId } = input
    const place = await room.prepare({ name, rtpCapabilities, claim, mediaSessionId })
    const { peer, media, serial } = place
    try {
      const resumeToken = await tokens.issue(meeting.id, { participantId: peer.id, serial })
      if (connection.closed) throw new AppError('conflict', 'Your connection ended while you were joining.')
      const before = room.admit(place, connection)
      this.#seats.set(connection, { room, peer })
      before?.notify('room.ended', { reason: 'replaced' })
      before?.close()
      return { participantId: peer.id, resumeToken, snapshot: room.snapshot(), media: media.describe() }
    } catch (error) {
      if (!room.peers.includes(peer)) peer.close()
      throw error
    }
  }

  leave(connection: Connection, { mayReturn }: { mayReturn: boolean }): void {
    const { room, peer } = this.seatOf(connection)
    peer.mayReturn = mayReturn
    if (mayReturn) return
    this.#seats.delete(connection)
    room.leave(peer, 'left')
  }
}
